#!/bin/sh
# Counts words with one definition and two sets of parameters. Expects the queue of ../hello-world.
set -eu
cd "$(dirname "$0")"

submit() {
    kiln submit-job --job-name count --job-queue example-queue --job-definition word-count --parameters "$1" |
        sed -n 's/.*"jobId": "\(.*\)".*/\1/p'
}

kiln register-job-definition --cli-input-json file://job-definition.json
top_five=$(submit "{\"text\": \"$PWD/text.txt\"}")
top_two=$(submit "{\"text\": \"$PWD/text.txt\", \"most\": \"2\"}")
kiln wait "$top_five" "$top_two"
kiln logs "$top_five"
echo --
kiln logs "$top_two"
