#!/bin/sh
# Five jobs that wait for each other, three of them arrays. Usage: run.sh [SIZE]
# JobB and JobC have SIZE children: 20 unless told otherwise, at most 10000. Expects the queue of ../hello-world.
set -eu
cd "$(dirname "$0")"

size=${1:-20}
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

# Submits a job from its file, with more flags; prints its ID.
submit() {
    file=$1
    shift
    answer=$(kiln submit-job --cli-input-json "file://$file" "$@")
    echo "$answer" | sed -n 's/.*"jobId": "\(.*\)".*/\1/p'
}

# All five run stages.sh; which stage it is stands in the file of each job.
kiln register-job-definition --cli-input-json file://job-definition.json --parameters \
    "{\"stages\": \"$PWD/stages.sh\", \"directory\": \"$directory\", \"size\": \"$size\"}"

array="{\"size\": $size}"
a=$(submit job-a.json)
b=$(submit job-b.json --array-properties "$array" --depends-on "[{\"jobId\": \"$a\"}]")
c=$(submit job-c.json --array-properties "$array" --depends-on "[{\"jobId\": \"$b\", \"type\": \"N_TO_N\"}]")
d=$(submit job-d.json --depends-on "[{\"jobId\": \"$c\"}, {\"type\": \"SEQUENTIAL\"}]")
e=$(submit job-e.json --depends-on "[{\"jobId\": \"$d\"}]")

# The last one ends after all others, or fails with the first that does.
kiln wait "$e"
kiln logs "$e"
awk -v size="$size" -f order.awk "$directory/journal"
