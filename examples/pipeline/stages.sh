#!/bin/sh
# What the jobs do: stages.sh STAGE DIRECTORY SIZE. They hand files on in the directory, and each writes into the
# journal there when it starts and when it is done.
set -eu
stage=$1
size=$3
index=${AWS_BATCH_JOB_ARRAY_INDEX:-}
cd "$2"
echo "start $stage $index" >> journal

case $stage in
list)
    # The numbers to work on, one on a line.
    mkdir squares sums totals
    seq "$size" > numbers
    ;;
square)
    # Each child takes the line of its index; lines are counted from 1.
    number=$(sed "$((index + 1))!d; q" numbers)
    echo $((number * number)) > "squares/$index"
    ;;
add)
    # Needs nothing but what the child of the same index has made.
    read -r square < "squares/$index"
    echo $((square + index + 1)) > "sums/$index"
    ;;
total)
    # Adds every tenth sum to what the child before has come to.
    total=0
    test "$index" = 0 || read -r total < "totals/$((index - 1))"
    each=$index
    while test "$each" -lt "$size"; do
        read -r sum < "sums/$each"
        total=$((total + sum))
        each=$((each + 10))
    done
    echo "$total" > "totals/$index"
    ;;
report)
    read -r total < totals/9
    expected=$((size * (size + 1) * (size + 2) / 3))
    echo "The total of $size numbers is $total, expected $expected."
    test "$total" = "$expected"
    ;;
esac
echo "end $stage $index" >> journal
