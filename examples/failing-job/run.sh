#!/bin/sh
# A job that fails, and the three places that tell why. Expects the queue of ../hello-world.
set -eu
cd "$(dirname "$0")"

kiln register-job-definition --cli-input-json file://job-definition.json
job=$(kiln submit-job --job-name flaky --job-queue example-queue --job-definition flaky |
    sed -n 's/.*"jobId": "\(.*\)".*/\1/p')

# 1. The exit code of `wait` is the job's own.
code=0
kiln wait "$job" || code=$?
echo "exit code $code"

# 2. The log of each attempt.
kiln logs "$job" --attempt 1
kiln logs "$job" --attempt 3

# 3. Everything there is to know: the status reason, and each attempt with its exit code.
kiln describe-jobs --jobs "$job"
