#!/bin/sh
# Creates everything that a job needs, runs one, and prints its log.
set -eu
cd "$(dirname "$0")"

kiln create-compute-environment --cli-input-json file://compute-environment.json
kiln create-job-queue --cli-input-json file://job-queue.json
kiln register-job-definition --cli-input-json file://job-definition.json
job=$(kiln submit-job --cli-input-json file://job.json | sed -n 's/.*"jobId": "\(.*\)".*/\1/p')
kiln wait "$job"
kiln logs "$job"
