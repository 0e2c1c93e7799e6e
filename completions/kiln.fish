# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kiln_global_optspecs
    string join \n region= home= h/help V/version
end

function __fish_kiln_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_kiln_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_kiln_using_subcommand
    set -l cmd (__fish_kiln_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c kiln -n "__fish_kiln_needs_command" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_needs_command" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_needs_command" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_needs_command" -s V -l version -d 'Print version'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "init" -d 'Sets up a first environment, queue and job definition, and runs a job'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "logs" -d 'Prints the log of a job'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "wait" -d 'Waits for jobs to end; the exit code is the job\'s own'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "validate" -d 'Checks input files against all documented rules, and sends nothing'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "explain" -d 'Explains rules: what they ask, why, and an example of both sides'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "schema" -d 'Prints the JSON Schema of an operation\'s input'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "engine" -d 'Shows, stops or runs the local engine'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "cancel-job" -d 'Cancels a job that has not started yet (`SUBMITTED`, `PENDING` or `RUNNABLE`); a job that has started goes on.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "cancel-jobs" -d 'Cancels several jobs that have not started yet and reports for each whether that succeeded.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "create-compute-environment" -d 'Creates a compute environment, the capacity that jobs run on.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "create-consumable-resource" -d 'Creates a consumable resource, such as a pool of licences, that jobs can require.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "create-job-queue" -d 'Creates a job queue on one or more compute environments or service environments.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "create-quota-share" -d 'Creates a quota share, a reserved part of the capacity of a job queue.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "create-scheduling-policy" -d 'Creates a scheduling policy that divides the capacity of job queues fairly or by quota.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "create-service-environment" -d 'Creates a service environment, the capacity that service jobs run on.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "delete-compute-environment" -d 'Deletes a compute environment that is disabled and belongs to no job queue.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "delete-consumable-resource" -d 'Deletes a consumable resource.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "delete-job-queue" -d 'Deletes a job queue that is disabled, with its jobs: those still in it are terminated, and what ended is no longer shown.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "delete-quota-share" -d 'Deletes a quota share that is disabled, and terminates the jobs still in it.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "delete-scheduling-policy" -d 'Deletes a scheduling policy that no job queue uses.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "delete-service-environment" -d 'Deletes a service environment that is disabled and belongs to no job queue.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "deregister-job-definition" -d 'Deregisters one revision of a job definition, which becomes `INACTIVE` and takes no new jobs.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-compute-environments" -d 'Describes some or all compute environments, with their status and capacity.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-consumable-resource" -d 'Describes a consumable resource, with the quantities in total, in use and available.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-job-definitions" -d 'Describes job definitions, chosen by name, ARN or status, with all their revisions.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-job-queues" -d 'Describes some or all job queues, with their state, priority and environments.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-jobs" -d 'Describes up to 100 jobs in full: status, attempts, containers and settings.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-quota-share" -d 'Describes a quota share, with its limits and its rules for sharing and preemption.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-scheduling-policies" -d 'Describes up to 100 scheduling policies, with their shares and weights.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-service-environments" -d 'Describes some or all service environments, with their state and capacity limits.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "describe-service-job" -d 'Describes a service job in full: status, attempts and request payload.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "get-job-queue-snapshot" -d 'Shows the first 100 `RUNNABLE` jobs of a queue in the order they will start, and how its capacity is used.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "list-consumable-resources" -d 'Lists consumable resources with their quantities in total and in use.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "list-jobs" -d 'Lists the jobs of a queue, the children of an array job or the nodes of a multi-node job; without a status or a filter only those that are `RUNNING`.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "list-jobs-by-consumable-resource" -d 'Lists the jobs that require a given consumable resource.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "list-quota-shares" -d 'Lists the quota shares of a job queue.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "list-scheduling-policies" -d 'Lists the ARNs of all scheduling policies.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "list-service-jobs" -d 'Lists the service jobs of a queue; without a status or a filter only those that are `RUNNING`.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "list-tags-for-resource" -d 'Lists the tags of a resource.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "register-job-definition" -d 'Registers a job definition; each call makes a new revision under its name.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "submit-job" -d 'Submits a job to a queue, from a job definition and optional overrides of its settings.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "submit-service-job" -d 'Submits a service job, such as a SageMaker training job, to a queue with service environments.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "tag-resource" -d 'Adds tags to a resource, or gives new values to those it has; other tags stay.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "terminate-job" -d 'Terminates a job in whatever state it is; a running one is stopped and becomes `FAILED`.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "terminate-jobs" -d 'Terminates several jobs in whatever state they are and reports for each whether that succeeded.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "terminate-service-job" -d 'Terminates a service job in whatever state it is.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "terminate-service-jobs" -d 'Terminates several service jobs in whatever state they are and reports for each whether that succeeded.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "untag-resource" -d 'Removes tags from a resource, by their keys.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "update-compute-environment" -d 'Updates a compute environment: its state, its capacity or its infrastructure.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "update-consumable-resource" -d 'Updates the total quantity of a consumable resource by setting, adding or removing.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "update-job-queue" -d 'Updates a job queue: its state, priority, environments, scheduling policy or time limits.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "update-quota-share" -d 'Updates a quota share: its state, limits or rules for sharing and preemption.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "update-scheduling-policy" -d 'Updates the rules of a scheduling policy.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "update-service-environment" -d 'Updates a service environment: its state or its capacity limits.'
complete -c kiln -n "__fish_kiln_needs_command" -f -a "update-service-job" -d 'Updates the scheduling priority of a service job.'
complete -c kiln -n "__fish_kiln_using_subcommand init" -l name -d 'What the names of all that is created begin with' -r
complete -c kiln -n "__fish_kiln_using_subcommand init" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand init" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand init" -s y -l yes -d 'Creates without asking'
complete -c kiln -n "__fish_kiln_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kiln -n "__fish_kiln_using_subcommand logs" -l attempt -d 'Number of the attempt, counted from 1' -r
complete -c kiln -n "__fish_kiln_using_subcommand logs" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand logs" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand logs" -s f -l follow -d 'Waits for the job to start, prints the log as it comes, and ends when the job has ended'
complete -c kiln -n "__fish_kiln_using_subcommand logs" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kiln -n "__fish_kiln_using_subcommand wait" -l timeout -d 'Gives up after so many seconds, with exit code 124. The jobs go on' -r
complete -c kiln -n "__fish_kiln_using_subcommand wait" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand wait" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand wait" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kiln -n "__fish_kiln_using_subcommand validate" -l operation -d 'The operation whose input the files are, as a command or as in the API: `submit-job` or `SubmitJob`' -r
complete -c kiln -n "__fish_kiln_using_subcommand validate" -l format -d 'How findings are printed: text for people, json for programs, sarif (2.1.0) for code scanners, github for the annotations of GitHub Actions' -r -f -a "text\t''
json\t''
sarif\t''
github\t''"
complete -c kiln -n "__fish_kiln_using_subcommand validate" -l deny -d 'What to refuse besides errors: warnings' -r -f -a "warnings\t''"
complete -c kiln -n "__fish_kiln_using_subcommand validate" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand validate" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kiln -n "__fish_kiln_using_subcommand explain" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand explain" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand explain" -l list -d 'List all rules with a line each'
complete -c kiln -n "__fish_kiln_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kiln -n "__fish_kiln_using_subcommand schema" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand schema" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -f -a "status" -d 'Shows whether the engine runs, and what it is busy with'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -f -a "stop" -d 'Stops the engine. Jobs that run go on; the next engine finds them'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -f -a "run" -d 'Runs the engine here, until Ctrl-C'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -f -a "log" -d 'Prints the engine\'s log'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -f -a "runner" -d 'Is the parent of the attempts of a home'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and not __fish_seen_subcommand_from status stop run log runner limited" -f -a "limited" -d 'Becomes the command of an attempt'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from status" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from status" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from stop" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from stop" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from run" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from run" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from run" -l detached -d 'Started by a command: says on standard output when it is ready'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from log" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from log" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from log" -s f -l follow -d 'Prints what comes, until Ctrl-C'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from runner" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from runner" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from runner" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from limited" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from limited" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand engine; and __fish_seen_subcommand_from limited" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand cancel-job" -l job-id -d 'ID of the job to cancel. Only a job in `SUBMITTED`, `PENDING` or `RUNNABLE` is affected; an array parent takes all its children along, `ID:INDEX` names one child. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand cancel-job" -l reason -d 'Explanation kept with the job and shown as its status reason when it is described later; at most 1,024 characters. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand cancel-job" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand cancel-job" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand cancel-job" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand cancel-job" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand cancel-jobs" -l jobs -d 'IDs of the jobs to cancel. Only jobs in `SUBMITTED`, `PENDING` or `RUNNABLE` are affected; array parents take all their children along. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand cancel-jobs" -l reason -d 'Explanation kept with every one of the jobs and shown as status reason when they are described later; at most 1,024 characters. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand cancel-jobs" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand cancel-jobs" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand cancel-jobs" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand cancel-jobs" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l compute-environment-name -d 'Name of the new environment, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l type -d 'Who runs the capacity: `MANAGED` or `UNMANAGED`. It cannot be changed later; Fargate and EKS need `MANAGED`. [one of MANAGED, UNMANAGED] [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l state -d 'Whether jobs may be placed here at once: `ENABLED` (the default) or `DISABLED`. [one of ENABLED, DISABLED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l unmanagedv-cpus -d 'Number of vCPUs you will supply, used by fair-share scheduling to reserve capacity; nothing is reserved without it. Only for `UNMANAGED`.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l compute-resources -d 'Capacity of the environment. Required for `MANAGED`, left out for `UNMANAGED`. [as in \'{"type": "EC2", "maxvCpus": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l service-role -d 'IAM role, preferably as full ARN, with which the service acts. Default `AWSServiceRoleForBatch`, also for an empty string; refused with EKS.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l tags -d 'Tags on the environment itself, at most 50. They do not reach its instances; use `tags` of the compute resources for those.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l eks-configuration -d 'EKS cluster and namespace to run pods in. Leave it out for an environment on ECS. [as in \'{"eksClusterArn": "...", "kubernetesNamespace": "..."}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l context -d 'Reserved for the service.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l ecs-settings -d 'ECS cluster settings of the environment. Does not apply to EKS. [as in \'{"containerInsights": "ENABLED"}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand create-compute-environment" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand create-consumable-resource" -l consumable-resource-name -d 'Name of the consumable resource, which no other may have. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-consumable-resource" -l total-quantity -d 'Number of units that exist at first; 0 or more.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-consumable-resource" -l resource-type -d '`REPLENISHABLE` if jobs give back their units at the end, `NON_REPLENISHABLE` if units are used up; `REPLENISHABLE` when omitted.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-consumable-resource" -l tags -d 'Tags to attach to the consumable resource: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-consumable-resource" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-consumable-resource" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-consumable-resource" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand create-consumable-resource" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l job-queue-name -d 'Name of the new queue, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l state -d 'Whether the queue takes jobs: `ENABLED` (the default) or `DISABLED`. [one of ENABLED, DISABLED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l scheduling-policy-arn -d 'ARN of the scheduling policy. Without one the queue is first in, first out for ever; with one, the policy can later be replaced but not removed.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l priority -d 'Priority over other queues on the same environment, a whole number; the higher number goes first. The AWS console offers 0 to 100. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l compute-environment-order -d 'Compute environments to run jobs on, 1 to 3, all of one kind (EC2 and Spot, or Fargate, or EKS) and one CPU architecture. Excludes `serviceEnvironmentOrder`. [as in \'[{"order": ..., "computeEnvironment": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l service-environment-order -d 'Service environments for service jobs, all of one type. Excludes `computeEnvironmentOrder`. [as in \'[{"order": ..., "serviceEnvironment": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l job-queue-type -d 'Kind of the queue, `SAGEMAKER_TRAINING` for service jobs. When omitted, it follows from the environments. [one of EKS, ECS, ECS_FARGATE, SAGEMAKER_TRAINING, ECS_MANAGED_INSTANCES]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l tags -d 'Tags on the queue, at most 50. They do not reach its jobs.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l job-state-time-limit-actions -d 'What to do with jobs that stay too long at the head of the queue. None when omitted. [as in \'[{"reason": "...", "state": "RUNNABLE"}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand create-job-queue" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l quota-share-name -d 'Name of the quota share: 1 to 128 letters, digits, hyphens and underscores. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l job-queue -d 'Name or ARN of the job queue to split. It must be `VALID`, for `SAGEMAKER_TRAINING`, and have a quota-share policy. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l capacity-limits -d 'Capacity that belongs to the share: one entry or more, each a number of instances of one type. [as in \'[{"maxCapacity": ..., "capacityUnit": "..."}]\'] [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l resource-sharing-configuration -d 'Whether idle capacity of the share is kept, lent, or both lent and borrowed. [as in \'{"strategy": "RESERVE"}\'] [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l preemption-configuration -d 'Whether jobs of the share may be stopped in favour of more urgent ones of the same share. [as in \'{"inSharePreemption": "ENABLED"}\'] [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l state -d '`ENABLED` to accept jobs, `DISABLED` to refuse new ones; `ENABLED` when omitted. [one of ENABLED, DISABLED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l tags -d 'Tags to attach to the quota share: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand create-quota-share" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand create-scheduling-policy" -l name -d 'Name of the new policy, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-scheduling-policy" -l quota-share-policy -d 'Rules for dividing capacity by quota shares. Excludes `fairsharePolicy`; the kind of policy cannot be changed later. [as in \'{"idleResourceAssignmentStrategy": "FIFO"}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-scheduling-policy" -l fairshare-policy -d 'Rules for dividing capacity by share identifiers. Excludes `quotaSharePolicy`; the kind of policy cannot be changed later. [as in \'{"shareDecaySeconds": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-scheduling-policy" -l tags -d 'Tags on the policy, at most 50.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-scheduling-policy" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-scheduling-policy" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-scheduling-policy" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand create-scheduling-policy" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -l service-environment-name -d 'Name of the service environment: 1 to 128 letters, digits, hyphens and underscores. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -l service-environment-type -d 'Service that carries out the jobs; must be `SAGEMAKER_TRAINING`. [one of SAGEMAKER_TRAINING] [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -l state -d '`ENABLED` to let queues run jobs in the environment, `DISABLED` to hold them back; `ENABLED` when omitted. [one of ENABLED, DISABLED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -l capacity-limits -d 'Most capacity that jobs may use at once, one entry per unit. A job counts with the number of instances that its payload asks for. [as in \'[{"maxCapacity": ...}]\'] [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -l tags -d 'Tags to attach to the service environment: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand create-service-environment" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand delete-compute-environment" -l compute-environment -d 'Name or ARN of the compute environment to delete. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-compute-environment" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-compute-environment" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-compute-environment" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand delete-compute-environment" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand delete-consumable-resource" -l consumable-resource -d 'Name or ARN of the consumable resource to delete. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-consumable-resource" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-consumable-resource" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-consumable-resource" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand delete-consumable-resource" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand delete-job-queue" -l job-queue -d 'Name or ARN of the job queue to delete. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-job-queue" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-job-queue" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-job-queue" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand delete-job-queue" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand delete-quota-share" -l quota-share-arn -d 'ARN of the quota share to delete; a name is not enough. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-quota-share" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-quota-share" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-quota-share" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand delete-quota-share" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand delete-scheduling-policy" -l arn -d 'ARN of the scheduling policy to delete. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-scheduling-policy" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-scheduling-policy" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-scheduling-policy" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand delete-scheduling-policy" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand delete-service-environment" -l service-environment -d 'Name or ARN of the service environment to delete. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-service-environment" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-service-environment" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand delete-service-environment" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand delete-service-environment" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand deregister-job-definition" -l job-definition -d 'The revision to deregister, as `name:revision` or as a full ARN that ends in the revision. A bare name is not enough. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand deregister-job-definition" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand deregister-job-definition" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand deregister-job-definition" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand deregister-job-definition" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-compute-environments" -l compute-environments -d 'Names or ARNs of the environments to describe, at most 100. All of them when omitted; unknown ones are skipped.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-compute-environments" -l max-results -d 'Most environments on one page, 1 to 100. Default 100.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-compute-environments" -l next-token -d 'Token of the previous page\'s answer, to go on from there. Leave it out for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-compute-environments" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-compute-environments" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-compute-environments" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-compute-environments" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-consumable-resource" -l consumable-resource -d 'Name or ARN of the consumable resource to describe. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-consumable-resource" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-consumable-resource" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-consumable-resource" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-consumable-resource" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -l job-definitions -d 'Revisions to describe, up to 100, each as `name:revision` or as a full ARN. Not to be combined with `status` or another selecting member.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -l max-results -d 'The largest number of definitions on one page, `1` to `100`; 100 when omitted. Further pages are fetched with `nextToken`.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -l job-definition-name -d 'The name whose revisions are described. When omitted, definitions of every name qualify.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -l status -d 'The status that a revision must have to be listed, such as `ACTIVE`. When omitted, `ACTIVE` and `INACTIVE` revisions are both listed.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -l next-token -d 'The token from the previous page, to be handed back unchanged. Omit it for the first page; a made-up token is refused.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-definitions" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-queues" -l job-queues -d 'Names or ARNs of the queues to describe, at most 100. All of them when omitted; unknown ones are skipped.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-queues" -l max-results -d 'Most queues on one page, 1 to 100. Default 100.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-queues" -l next-token -d 'Token of the previous page\'s answer, to go on from there. Leave it out for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-queues" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-queues" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-queues" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-job-queues" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-jobs" -l jobs -d 'IDs of the jobs to describe, at most 100. `ID:INDEX` names a child of an array, `ID#INDEX` a node of a multi-node parallel job. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-jobs" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-jobs" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-jobs" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-jobs" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-quota-share" -l quota-share-arn -d 'ARN of the quota share to describe; a name is not enough. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-quota-share" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-quota-share" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-quota-share" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-quota-share" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-scheduling-policies" -l arns -d 'ARNs of the policies to describe, at most 100. Unknown ones are skipped. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-scheduling-policies" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-scheduling-policies" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-scheduling-policies" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-scheduling-policies" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-environments" -l service-environments -d 'Names or ARNs of the service environments to describe; all of them when omitted.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-environments" -l max-results -d 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-environments" -l next-token -d 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-environments" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-environments" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-environments" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-environments" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-job" -l job-id -d 'ID of the service job, as returned when it was submitted. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-job" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-job" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-job" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand describe-service-job" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand get-job-queue-snapshot" -l job-queue -d 'Name or ARN of the job queue. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand get-job-queue-snapshot" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand get-job-queue-snapshot" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand get-job-queue-snapshot" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand get-job-queue-snapshot" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand list-consumable-resources" -l filters -d 'Filters on `CONSUMABLE_RESOURCE_NAME`, compared without regard to letter case; a value may end with `*` to match names that begin so. All resources when omitted. [as in \'[{"name": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-consumable-resources" -l max-results -d 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-consumable-resources" -l next-token -d 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-consumable-resources" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-consumable-resources" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-consumable-resources" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand list-consumable-resources" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l job-queue -d 'Name or ARN of the job queue to list. Excludes `arrayJobId` and `multiNodeJobId`.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l array-job-id -d 'ID of an array job whose children to list. Excludes `jobQueue` and `multiNodeJobId`.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l multi-node-job-id -d 'ID of a multi-node parallel job whose nodes to list. Excludes `jobQueue` and `arrayJobId`.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l job-status -d 'Status the jobs must have; `RUNNING` when omitted. Array parents wait in `PENDING` while children run. Ignored together with `filters`, except for `SHARE_IDENTIFIER`. [one of SUBMITTED, PENDING, RUNNABLE, STARTING, RUNNING, SUCCEEDED, FAILED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l max-results -d 'Most jobs to return on one page, at least 1. The limit, and the default, is 1,000, or 100 with `filters`.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l next-token -d 'Token from the previous page, to continue behind it. Omit it for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l filters -d 'Filter on name, job definition, share or time of creation; one entry at most. Finds jobs of any status, newest first, but no array children or nodes. [as in \'[{"name": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs-by-consumable-resource" -l consumable-resource -d 'Name or ARN of the consumable resource. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs-by-consumable-resource" -l filters -d 'Filters on `JOB_STATUS` (such as `RUNNING`) or `JOB_NAME` (any letter case, `*` allowed at the end). All jobs that need the resource when omitted. [as in \'[{"name": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs-by-consumable-resource" -l max-results -d 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs-by-consumable-resource" -l next-token -d 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs-by-consumable-resource" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs-by-consumable-resource" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs-by-consumable-resource" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand list-jobs-by-consumable-resource" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand list-quota-shares" -l job-queue -d 'Name or ARN of the job queue whose quota shares are listed. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-quota-shares" -l max-results -d 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-quota-shares" -l next-token -d 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-quota-shares" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-quota-shares" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-quota-shares" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand list-quota-shares" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand list-scheduling-policies" -l max-results -d 'Most policies on one page, 1 to 100. Default 100.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-scheduling-policies" -l next-token -d 'Token of the previous page\'s answer, to go on from there. Leave it out for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-scheduling-policies" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-scheduling-policies" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-scheduling-policies" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand list-scheduling-policies" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -l job-queue -d 'Name or ARN of the job queue whose service jobs are listed.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -l job-status -d 'State that the listed jobs are in; `RUNNING` when neither this nor `filters` is given. Ignored beside `filters`, except those on `SHARE_IDENTIFIER` and `QUOTA_SHARE_NAME`. [one of SUBMITTED, PENDING, RUNNABLE, SCHEDULED, STARTING, RUNNING, SUCCEEDED, FAILED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -l max-results -d 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -l next-token -d 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -l filters -d 'One filter on `JOB_NAME` (any letter case, `*` allowed at the end), `BEFORE_CREATED_AT`, `AFTER_CREATED_AT` (milliseconds as text), `SHARE_IDENTIFIER` or `QUOTA_SHARE_NAME`. Newest jobs come first. [as in \'[{"name": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand list-service-jobs" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand list-tags-for-resource" -l resource-arn -d 'ARN of the resource. Children of array jobs and nodes of multi-node jobs have no tags of their own. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-tags-for-resource" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-tags-for-resource" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand list-tags-for-resource" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand list-tags-for-resource" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l job-definition-name -d 'The name of the definition: 1 to 128 letters, digits, hyphens and underscores. Its first registration becomes revision 1, each later one the next number. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l type -d 'The kind of job. `container` goes with one of `containerProperties`, `ecsProperties` and `eksProperties`; `multinode` goes with `nodeProperties` and is not available on Fargate. [one of container, multinode] [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l parameters -d 'Default values of the `Ref::name` placeholders in the command, all strings. Values given at submission replace those of the same name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l scheduling-priority -d 'The priority of jobs in queues with a fair-share policy, `0` to `9999`; higher goes first. Without effect in other queues. A submission may override it.' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l container-properties -d 'The container of a single-container job on ECS. Excludes `ecsProperties`, `eksProperties` and `nodeProperties`. [as in \'{"image": "..."}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l node-properties -d 'The nodes of a multi-node parallel job, required for type `multinode`. Excludes the other property members and is not available on Fargate. [as in \'{"numNodes": ..., "mainNode": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l retry-strategy -d 'How failed jobs are retried. A strategy given at submission replaces it as a whole; without any, a job is tried once. [as in \'{"attempts": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l timeout -d 'The time limit of an attempt. A timeout given at submission replaces it; without any, attempts may run without limit. [as in \'{"attemptDurationSeconds": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l tags -d 'Tags for the job definition itself, at most 50, with keys of 1 to 128 and values of up to 256 characters. Keys and values must not start with `aws:`.' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l platform-capabilities -d 'The platforms that the definition is for: `EC2`, `FARGATE` or `MANAGED_INSTANCES`. `EC2` when omitted. Must not be given for EKS. [one of EC2, FARGATE, MANAGED_INSTANCES]' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l eks-properties -d 'The Kubernetes pod of a job on EKS. Excludes `containerProperties`, `ecsProperties` and `nodeProperties`. [as in \'{"podProperties": {"serviceAccountName": "..."}}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l ecs-properties -d 'The ECS task of a job with several containers. Excludes `containerProperties`, `eksProperties` and `nodeProperties`. [as in \'{"taskProperties": [{"containers": [{...}]}]}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l consumable-resource-properties -d 'The consumable resources that each job needs before it can start and holds while it runs. None when omitted. [as in \'{"consumableResourceList": [{"consumableResource": "..."}]}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l propagate-tags -d 'Whether the tags of job and definition are copied to the ECS task; `false` when omitted. More than 50 combined tags make the job fail. Must not be given for EKS.'
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -l no-propagate-tags -d 'The opposite of --propagate-tags.'
complete -c kiln -n "__fish_kiln_using_subcommand register-job-definition" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l job-name -d 'Name of the job, at most 128 letters, digits, hyphens and underscores, beginning with a letter or digit. It need not be unique. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l job-queue -d 'Name or ARN of the job queue to submit to. It must exist and be enabled. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l share-identifier -d 'Share that the job counts towards, at most 255 characters. Required in a queue with fair-share scheduling, refused in one without.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l scheduling-priority-override -d 'Priority among jobs of the same share, from 0 to 9999, higher first, instead of that of the job definition. Only for queues with fair-share scheduling.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l array-properties -d 'Makes the submission an array job of 2 to 10,000 children. Omit it for a single job. [as in \'{"size": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l depends-on -d 'What must succeed before the job may run, at most 20 entries. If any dependency fails, the job fails without running. [as in \'[{"jobId": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l job-definition -d 'What to run: `NAME`, `NAME:REVISION`, or an ARN with or without revision. Without a revision, the latest active one is used. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l parameters -d 'Values for the `Ref::NAME` placeholders in the command, over the defaults of the job definition. Defaults that are not named stay in force.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l container-overrides -d 'Changes to command, environment and resources for this run. For definitions with `containerProperties`; multi-node parallel jobs use `nodeOverrides`. [as in \'{"command": ["..."]}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l node-overrides -d 'Changes to the number of nodes and to node ranges for this run. For multi-node parallel jobs only; not for Fargate. [as in \'{"numNodes": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l retry-strategy -d 'Retry rules for this job, replacing those of the job definition as a whole. With neither, the job is tried once. [as in \'{"attempts": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l timeout -d 'Time limit for each attempt, at least 60 seconds, instead of that of the job definition. An attempt stopped by it is not retried. An array\'s children each get it. [as in \'{"attemptDurationSeconds": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l tags -d 'Tags to put on the job, at most 50, with keys up to 128 and values up to 256 characters.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l eks-properties-override -d 'Changes to the pod for this run. Only for job definitions with `eksProperties`. [as in \'{"podProperties": {"containers": [{...}]}}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l ecs-properties-override -d 'Changes to the task\'s containers for this run. Only for job definitions with `ecsProperties`. [as in \'{"taskProperties": [{"containers": [{...}]}]}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l consumable-resource-properties-override -d 'Consumable resources the job needs, instead of those in the job definition. [as in \'{"consumableResourceList": [{"consumableResource": "..."}]}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l propagate-tags -d 'Whether to copy the tags of job and job definition to the task, where the job\'s tags win; more than 50 fail the job. When omitted, the job definition decides. Not for EKS.'
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -l no-propagate-tags -d 'The opposite of --propagate-tags.'
complete -c kiln -n "__fish_kiln_using_subcommand submit-job" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l job-name -d 'Name of the service job: 1 to 128 letters, digits, hyphens and underscores. It need not be unique. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l job-queue -d 'Name or ARN of the job queue, whose type must be `SAGEMAKER_TRAINING`. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l retry-strategy -d 'Retry rules for failed attempts; when omitted, no retries are asked for. [as in \'{"attempts": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l scheduling-priority -d 'Priority within the job\'s fair share or quota share, from 0 to 9999, higher first. It has no effect on a first-in, first-out queue.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l service-request-payload -d 'JSON text of the request to the target service: for `SAGEMAKER_TRAINING`, the parameters of SageMaker\'s `CreateTrainingJob`. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l service-job-type -d 'Kind of service job; must be `SAGEMAKER_TRAINING`. [one of SAGEMAKER_TRAINING] [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l share-identifier -d 'Fair-share identifier to count the job towards. Required on a queue with a fair-share policy, not allowed on any other.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l quota-share-name -d 'Name of the quota share to run the job in. Required on a queue with a quota-share policy, not applicable to any other.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l preemption-configuration -d 'How often the job may be preempted before it is given up. It applies to quota shares only; no limit when omitted. [as in \'{"preemptionRetriesBeforeTermination": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l timeout-config -d 'Time limit for each attempt; when omitted, only limits in the payload itself apply. [as in \'{"attemptDurationSeconds": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l tags -d 'Tags to attach to the service job: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l client-token -d 'Token of 1 to 64 characters that marks repeats of this request, so that the job is submitted only once. Made up afresh when omitted. [made up if absent]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand submit-service-job" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand tag-resource" -l resource-arn -d 'ARN of the resource to tag. Children of array jobs and nodes of multi-node jobs cannot be tagged. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand tag-resource" -l tags -d 'Tags to add, 1 to 50. A key that is already there gets the new value; all other tags stay. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand tag-resource" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand tag-resource" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand tag-resource" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand tag-resource" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand terminate-job" -l job-id -d 'ID of the job. If it is `STARTING` or `RUNNING` it is stopped, if it waits it is cancelled; an array parent takes all its children along, `ID:INDEX` names one child. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-job" -l reason -d 'Explanation kept with the job and shown as its status reason when it is described later; at most 1,024 characters. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-job" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-job" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-job" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand terminate-job" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand terminate-jobs" -l jobs -d 'IDs of the jobs to terminate. Those in `STARTING` or `RUNNING` are stopped, waiting ones are cancelled; array parents take all their children along. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-jobs" -l reason -d 'Explanation kept with every one of the jobs and shown as status reason when they are described later; at most 1,024 characters. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-jobs" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-jobs" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-jobs" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand terminate-jobs" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-job" -l job-id -d 'ID of the service job to end. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-job" -l reason -d 'Why the job is ended; shown as a status reason when the job is described. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-job" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-job" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-job" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-job" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-jobs" -l jobs -d 'IDs of the service jobs to end. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-jobs" -l reason -d 'Why the jobs are ended; shown as a status reason when one of them is described. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-jobs" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-jobs" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-jobs" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand terminate-service-jobs" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand untag-resource" -l resource-arn -d 'ARN of the resource to remove tags from. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand untag-resource" -l tag-keys -d 'Keys of the tags to remove, 1 to 50, in exact letter case. Keys that begin with `aws:` are refused. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand untag-resource" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand untag-resource" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand untag-resource" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand untag-resource" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l compute-environment -d 'Name or ARN of the compute environment to change. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l state -d 'New state: `ENABLED` to take jobs, `DISABLED` to place no more; jobs that have started go on. [one of ENABLED, DISABLED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l unmanagedv-cpus -d 'New number of vCPUs you supply, used by fair-share scheduling to reserve capacity. Only for `UNMANAGED`.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l compute-resources -d 'Changes to the capacity. Only for `MANAGED`. [as in \'{"minvCpus": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l service-role -d 'New IAM role, preferably as full ARN. The service-linked role cannot be exchanged for an ordinary one, nor the reverse.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l update-policy -d 'What happens to running jobs when this update replaces the infrastructure. [as in \'{"terminateJobsOnUpdate": true}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l context -d 'Reserved for the service.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l ecs-settings -d 'New ECS cluster settings. Does not apply to EKS. [as in \'{"containerInsights": "ENABLED"}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l eks-configuration -d 'Change to the EKS settings; only the access entry can change. [as in \'{"accessEntry": {"desiredState": "ENABLED"}}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand update-compute-environment" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand update-consumable-resource" -l consumable-resource -d 'Name or ARN of the consumable resource to change. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-consumable-resource" -l operation -d 'What to do with `quantity`: `SET` makes it the new total, `ADD` raises the total by it, `REMOVE` lowers the total by it.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-consumable-resource" -l quantity -d 'New total or amount of the change, in units, depending on `operation`; 0 or more.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-consumable-resource" -l client-token -d 'Token of 1 to 64 characters that marks repeats of this request, so that the change is made only once. Made up afresh when omitted. [made up if absent]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-consumable-resource" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-consumable-resource" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-consumable-resource" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand update-consumable-resource" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l job-queue -d 'Name or ARN of the job queue to change. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l state -d 'New state: `ENABLED` to take jobs, `DISABLED` to refuse new ones; jobs in the queue can still finish. [one of ENABLED, DISABLED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l scheduling-policy-arn -d 'ARN of the policy that replaces the present one. Only for queues created with a scheduling policy, which cannot be removed.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l priority -d 'New priority over other queues on the same environment; the higher number goes first.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l compute-environment-order -d 'New list of 1 to 3 compute environments, in place of the present one; all of one kind and one CPU architecture. [as in \'[{"order": ..., "computeEnvironment": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l service-environment-order -d 'New list of service environments, in place of the present one; all of one type. [as in \'[{"order": ..., "serviceEnvironment": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l job-state-time-limit-actions -d 'New rules for jobs that stay too long at the head of the queue, in place of the present ones. [as in \'[{"reason": "...", "state": "RUNNABLE"}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand update-job-queue" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -l quota-share-arn -d 'ARN of the quota share to change; a name is not enough. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -l capacity-limits -d 'Capacity that belongs to the share: one entry or more, each a number of instances of one type; unchanged when omitted. Lowering it can get jobs preempted that no longer fit. [as in \'[{"maxCapacity": ..., "capacityUnit": "..."}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -l resource-sharing-configuration -d 'Whether idle capacity of the share is kept, lent, or both lent and borrowed; unchanged when omitted. [as in \'{"strategy": "RESERVE"}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -l preemption-configuration -d 'Whether jobs of the share may be stopped in favour of more urgent ones of the same share; unchanged when omitted. [as in \'{"inSharePreemption": "ENABLED"}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -l state -d '`ENABLED` to accept jobs, `DISABLED` to refuse new ones while those already submitted go on; unchanged when omitted. [one of ENABLED, DISABLED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand update-quota-share" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand update-scheduling-policy" -l arn -d 'ARN of the scheduling policy to change. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-scheduling-policy" -l quota-share-policy -d 'New quota-share rules. Only for policies created with them. [as in \'{"idleResourceAssignmentStrategy": "FIFO"}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-scheduling-policy" -l fairshare-policy -d 'New fair-share rules. Only for fair-share policies. [as in \'{"shareDecaySeconds": ...}\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-scheduling-policy" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-scheduling-policy" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-scheduling-policy" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand update-scheduling-policy" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand update-service-environment" -l service-environment -d 'Name or ARN of the service environment to change. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-environment" -l state -d '`ENABLED` to let queues run jobs in the environment, `DISABLED` to hold them back; unchanged when omitted. [one of ENABLED, DISABLED]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-environment" -l capacity-limits -d 'New limits on the capacity in use, one entry per unit, which replace the old list; unchanged when omitted. [as in \'[{"maxCapacity": ...}]\']' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-environment" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-environment" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-environment" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand update-service-environment" -s h -l help -d 'Print help'
complete -c kiln -n "__fish_kiln_using_subcommand update-service-job" -l job-id -d 'ID of the service job to change. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-job" -l scheduling-priority -d 'New priority within the job\'s share, from 0 to 9999, higher first. It matters only on a queue with a fair-share or quota-share policy. [required]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-job" -l cli-input-json -d 'The whole input as a JSON object. Flags replace the members that they name.' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-job" -l region -d 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]' -r
complete -c kiln -n "__fish_kiln_using_subcommand update-service-job" -l home -d 'The home of the engine. [default: KILN_HOME]' -r -F
complete -c kiln -n "__fish_kiln_using_subcommand update-service-job" -s h -l help -d 'Print help'
