
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'kiln' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'kiln'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'kiln' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Sets up a first environment, queue and job definition, and runs a job')
            [CompletionResult]::new('logs', 'logs', [CompletionResultType]::ParameterValue, 'Prints the log of a job')
            [CompletionResult]::new('wait', 'wait', [CompletionResultType]::ParameterValue, 'Waits for jobs to end; the exit code is the job''s own')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Checks input files against all documented rules, and sends nothing')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explains rules: what they ask, why, and an example of both sides')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Prints the JSON Schema of an operation''s input')
            [CompletionResult]::new('engine', 'engine', [CompletionResultType]::ParameterValue, 'Shows, stops or runs the local engine')
            [CompletionResult]::new('cancel-job', 'cancel-job', [CompletionResultType]::ParameterValue, 'Cancels a job that has not started yet (`SUBMITTED`, `PENDING` or `RUNNABLE`); a job that has started goes on.')
            [CompletionResult]::new('cancel-jobs', 'cancel-jobs', [CompletionResultType]::ParameterValue, 'Cancels several jobs that have not started yet and reports for each whether that succeeded.')
            [CompletionResult]::new('create-compute-environment', 'create-compute-environment', [CompletionResultType]::ParameterValue, 'Creates a compute environment, the capacity that jobs run on.')
            [CompletionResult]::new('create-consumable-resource', 'create-consumable-resource', [CompletionResultType]::ParameterValue, 'Creates a consumable resource, such as a pool of licences, that jobs can require.')
            [CompletionResult]::new('create-job-queue', 'create-job-queue', [CompletionResultType]::ParameterValue, 'Creates a job queue on one or more compute environments or service environments.')
            [CompletionResult]::new('create-quota-share', 'create-quota-share', [CompletionResultType]::ParameterValue, 'Creates a quota share, a reserved part of the capacity of a job queue.')
            [CompletionResult]::new('create-scheduling-policy', 'create-scheduling-policy', [CompletionResultType]::ParameterValue, 'Creates a scheduling policy that divides the capacity of job queues fairly or by quota.')
            [CompletionResult]::new('create-service-environment', 'create-service-environment', [CompletionResultType]::ParameterValue, 'Creates a service environment, the capacity that service jobs run on.')
            [CompletionResult]::new('delete-compute-environment', 'delete-compute-environment', [CompletionResultType]::ParameterValue, 'Deletes a compute environment that is disabled and belongs to no job queue.')
            [CompletionResult]::new('delete-consumable-resource', 'delete-consumable-resource', [CompletionResultType]::ParameterValue, 'Deletes a consumable resource.')
            [CompletionResult]::new('delete-job-queue', 'delete-job-queue', [CompletionResultType]::ParameterValue, 'Deletes a job queue that is disabled, with its jobs: those still in it are terminated, and what ended is no longer shown.')
            [CompletionResult]::new('delete-quota-share', 'delete-quota-share', [CompletionResultType]::ParameterValue, 'Deletes a quota share that is disabled, and terminates the jobs still in it.')
            [CompletionResult]::new('delete-scheduling-policy', 'delete-scheduling-policy', [CompletionResultType]::ParameterValue, 'Deletes a scheduling policy that no job queue uses.')
            [CompletionResult]::new('delete-service-environment', 'delete-service-environment', [CompletionResultType]::ParameterValue, 'Deletes a service environment that is disabled and belongs to no job queue.')
            [CompletionResult]::new('deregister-job-definition', 'deregister-job-definition', [CompletionResultType]::ParameterValue, 'Deregisters one revision of a job definition, which becomes `INACTIVE` and takes no new jobs.')
            [CompletionResult]::new('describe-compute-environments', 'describe-compute-environments', [CompletionResultType]::ParameterValue, 'Describes some or all compute environments, with their status and capacity.')
            [CompletionResult]::new('describe-consumable-resource', 'describe-consumable-resource', [CompletionResultType]::ParameterValue, 'Describes a consumable resource, with the quantities in total, in use and available.')
            [CompletionResult]::new('describe-job-definitions', 'describe-job-definitions', [CompletionResultType]::ParameterValue, 'Describes job definitions, chosen by name, ARN or status, with all their revisions.')
            [CompletionResult]::new('describe-job-queues', 'describe-job-queues', [CompletionResultType]::ParameterValue, 'Describes some or all job queues, with their state, priority and environments.')
            [CompletionResult]::new('describe-jobs', 'describe-jobs', [CompletionResultType]::ParameterValue, 'Describes up to 100 jobs in full: status, attempts, containers and settings.')
            [CompletionResult]::new('describe-quota-share', 'describe-quota-share', [CompletionResultType]::ParameterValue, 'Describes a quota share, with its limits and its rules for sharing and preemption.')
            [CompletionResult]::new('describe-scheduling-policies', 'describe-scheduling-policies', [CompletionResultType]::ParameterValue, 'Describes up to 100 scheduling policies, with their shares and weights.')
            [CompletionResult]::new('describe-service-environments', 'describe-service-environments', [CompletionResultType]::ParameterValue, 'Describes some or all service environments, with their state and capacity limits.')
            [CompletionResult]::new('describe-service-job', 'describe-service-job', [CompletionResultType]::ParameterValue, 'Describes a service job in full: status, attempts and request payload.')
            [CompletionResult]::new('get-job-queue-snapshot', 'get-job-queue-snapshot', [CompletionResultType]::ParameterValue, 'Shows the first 100 `RUNNABLE` jobs of a queue in the order they will start, and how its capacity is used.')
            [CompletionResult]::new('list-consumable-resources', 'list-consumable-resources', [CompletionResultType]::ParameterValue, 'Lists consumable resources with their quantities in total and in use.')
            [CompletionResult]::new('list-jobs', 'list-jobs', [CompletionResultType]::ParameterValue, 'Lists the jobs of a queue, the children of an array job or the nodes of a multi-node job; without a status or a filter only those that are `RUNNING`.')
            [CompletionResult]::new('list-jobs-by-consumable-resource', 'list-jobs-by-consumable-resource', [CompletionResultType]::ParameterValue, 'Lists the jobs that require a given consumable resource.')
            [CompletionResult]::new('list-quota-shares', 'list-quota-shares', [CompletionResultType]::ParameterValue, 'Lists the quota shares of a job queue.')
            [CompletionResult]::new('list-scheduling-policies', 'list-scheduling-policies', [CompletionResultType]::ParameterValue, 'Lists the ARNs of all scheduling policies.')
            [CompletionResult]::new('list-service-jobs', 'list-service-jobs', [CompletionResultType]::ParameterValue, 'Lists the service jobs of a queue; without a status or a filter only those that are `RUNNING`.')
            [CompletionResult]::new('list-tags-for-resource', 'list-tags-for-resource', [CompletionResultType]::ParameterValue, 'Lists the tags of a resource.')
            [CompletionResult]::new('register-job-definition', 'register-job-definition', [CompletionResultType]::ParameterValue, 'Registers a job definition; each call makes a new revision under its name.')
            [CompletionResult]::new('submit-job', 'submit-job', [CompletionResultType]::ParameterValue, 'Submits a job to a queue, from a job definition and optional overrides of its settings.')
            [CompletionResult]::new('submit-service-job', 'submit-service-job', [CompletionResultType]::ParameterValue, 'Submits a service job, such as a SageMaker training job, to a queue with service environments.')
            [CompletionResult]::new('tag-resource', 'tag-resource', [CompletionResultType]::ParameterValue, 'Adds tags to a resource, or gives new values to those it has; other tags stay.')
            [CompletionResult]::new('terminate-job', 'terminate-job', [CompletionResultType]::ParameterValue, 'Terminates a job in whatever state it is; a running one is stopped and becomes `FAILED`.')
            [CompletionResult]::new('terminate-jobs', 'terminate-jobs', [CompletionResultType]::ParameterValue, 'Terminates several jobs in whatever state they are and reports for each whether that succeeded.')
            [CompletionResult]::new('terminate-service-job', 'terminate-service-job', [CompletionResultType]::ParameterValue, 'Terminates a service job in whatever state it is.')
            [CompletionResult]::new('terminate-service-jobs', 'terminate-service-jobs', [CompletionResultType]::ParameterValue, 'Terminates several service jobs in whatever state they are and reports for each whether that succeeded.')
            [CompletionResult]::new('untag-resource', 'untag-resource', [CompletionResultType]::ParameterValue, 'Removes tags from a resource, by their keys.')
            [CompletionResult]::new('update-compute-environment', 'update-compute-environment', [CompletionResultType]::ParameterValue, 'Updates a compute environment: its state, its capacity or its infrastructure.')
            [CompletionResult]::new('update-consumable-resource', 'update-consumable-resource', [CompletionResultType]::ParameterValue, 'Updates the total quantity of a consumable resource by setting, adding or removing.')
            [CompletionResult]::new('update-job-queue', 'update-job-queue', [CompletionResultType]::ParameterValue, 'Updates a job queue: its state, priority, environments, scheduling policy or time limits.')
            [CompletionResult]::new('update-quota-share', 'update-quota-share', [CompletionResultType]::ParameterValue, 'Updates a quota share: its state, limits or rules for sharing and preemption.')
            [CompletionResult]::new('update-scheduling-policy', 'update-scheduling-policy', [CompletionResultType]::ParameterValue, 'Updates the rules of a scheduling policy.')
            [CompletionResult]::new('update-service-environment', 'update-service-environment', [CompletionResultType]::ParameterValue, 'Updates a service environment: its state or its capacity limits.')
            [CompletionResult]::new('update-service-job', 'update-service-job', [CompletionResultType]::ParameterValue, 'Updates the scheduling priority of a service job.')
            break
        }
        'kiln;init' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What the names of all that is created begin with')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Creates without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Creates without asking')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'kiln;logs' {
            [CompletionResult]::new('--attempt', '--attempt', [CompletionResultType]::ParameterName, 'Number of the attempt, counted from 1')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Waits for the job to start, prints the log as it comes, and ends when the job has ended')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Waits for the job to start, prints the log as it comes, and ends when the job has ended')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'kiln;wait' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Gives up after so many seconds, with exit code 124. The jobs go on')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'kiln;validate' {
            [CompletionResult]::new('--operation', '--operation', [CompletionResultType]::ParameterName, 'The operation whose input the files are, as a command or as in the API: `submit-job` or `SubmitJob`')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How findings are printed: text for people, json for programs, sarif (2.1.0) for code scanners, github for the annotations of GitHub Actions')
            [CompletionResult]::new('--deny', '--deny', [CompletionResultType]::ParameterName, 'What to refuse besides errors: warnings')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'kiln;explain' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List all rules with a line each')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'kiln;schema' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'kiln;engine' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Shows whether the engine runs, and what it is busy with')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stops the engine. Jobs that run go on; the next engine finds them')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Runs the engine here, until Ctrl-C')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Prints the engine''s log')
            [CompletionResult]::new('runner', 'runner', [CompletionResultType]::ParameterValue, 'Is the parent of the attempts of a home')
            [CompletionResult]::new('limited', 'limited', [CompletionResultType]::ParameterValue, 'Becomes the command of an attempt')
            break
        }
        'kiln;engine;status' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;engine;stop' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;engine;run' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('--detached', '--detached', [CompletionResultType]::ParameterName, 'Started by a command: says on standard output when it is ready')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;engine;log' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Prints what comes, until Ctrl-C')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Prints what comes, until Ctrl-C')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;engine;runner' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;engine;limited' {
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;cancel-job' {
            [CompletionResult]::new('--job-id', '--job-id', [CompletionResultType]::ParameterName, 'ID of the job to cancel. Only a job in `SUBMITTED`, `PENDING` or `RUNNABLE` is affected; an array parent takes all its children along, `ID:INDEX` names one child. [required]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Explanation kept with the job and shown as its status reason when it is described later; at most 1,024 characters. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;cancel-jobs' {
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'IDs of the jobs to cancel. Only jobs in `SUBMITTED`, `PENDING` or `RUNNABLE` are affected; array parents take all their children along. [required]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Explanation kept with every one of the jobs and shown as status reason when they are described later; at most 1,024 characters. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;create-compute-environment' {
            [CompletionResult]::new('--compute-environment-name', '--compute-environment-name', [CompletionResultType]::ParameterName, 'Name of the new environment, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Who runs the capacity: `MANAGED` or `UNMANAGED`. It cannot be changed later; Fargate and EKS need `MANAGED`. [one of MANAGED, UNMANAGED] [required]')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Whether jobs may be placed here at once: `ENABLED` (the default) or `DISABLED`. [one of ENABLED, DISABLED]')
            [CompletionResult]::new('--unmanagedv-cpus', '--unmanagedv-cpus', [CompletionResultType]::ParameterName, 'Number of vCPUs you will supply, used by fair-share scheduling to reserve capacity; nothing is reserved without it. Only for `UNMANAGED`.')
            [CompletionResult]::new('--compute-resources', '--compute-resources', [CompletionResultType]::ParameterName, 'Capacity of the environment. Required for `MANAGED`, left out for `UNMANAGED`. [as in ''{"type": "EC2", "maxvCpus": ...}'']')
            [CompletionResult]::new('--service-role', '--service-role', [CompletionResultType]::ParameterName, 'IAM role, preferably as full ARN, with which the service acts. Default `AWSServiceRoleForBatch`, also for an empty string; refused with EKS.')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags on the environment itself, at most 50. They do not reach its instances; use `tags` of the compute resources for those.')
            [CompletionResult]::new('--eks-configuration', '--eks-configuration', [CompletionResultType]::ParameterName, 'EKS cluster and namespace to run pods in. Leave it out for an environment on ECS. [as in ''{"eksClusterArn": "...", "kubernetesNamespace": "..."}'']')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Reserved for the service.')
            [CompletionResult]::new('--ecs-settings', '--ecs-settings', [CompletionResultType]::ParameterName, 'ECS cluster settings of the environment. Does not apply to EKS. [as in ''{"containerInsights": "ENABLED"}'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;create-consumable-resource' {
            [CompletionResult]::new('--consumable-resource-name', '--consumable-resource-name', [CompletionResultType]::ParameterName, 'Name of the consumable resource, which no other may have. [required]')
            [CompletionResult]::new('--total-quantity', '--total-quantity', [CompletionResultType]::ParameterName, 'Number of units that exist at first; 0 or more.')
            [CompletionResult]::new('--resource-type', '--resource-type', [CompletionResultType]::ParameterName, '`REPLENISHABLE` if jobs give back their units at the end, `NON_REPLENISHABLE` if units are used up; `REPLENISHABLE` when omitted.')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags to attach to the consumable resource: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;create-job-queue' {
            [CompletionResult]::new('--job-queue-name', '--job-queue-name', [CompletionResultType]::ParameterName, 'Name of the new queue, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Whether the queue takes jobs: `ENABLED` (the default) or `DISABLED`. [one of ENABLED, DISABLED]')
            [CompletionResult]::new('--scheduling-policy-arn', '--scheduling-policy-arn', [CompletionResultType]::ParameterName, 'ARN of the scheduling policy. Without one the queue is first in, first out for ever; with one, the policy can later be replaced but not removed.')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'Priority over other queues on the same environment, a whole number; the higher number goes first. The AWS console offers 0 to 100. [required]')
            [CompletionResult]::new('--compute-environment-order', '--compute-environment-order', [CompletionResultType]::ParameterName, 'Compute environments to run jobs on, 1 to 3, all of one kind (EC2 and Spot, or Fargate, or EKS) and one CPU architecture. Excludes `serviceEnvironmentOrder`. [as in ''[{"order": ..., "computeEnvironment": "..."}]'']')
            [CompletionResult]::new('--service-environment-order', '--service-environment-order', [CompletionResultType]::ParameterName, 'Service environments for service jobs, all of one type. Excludes `computeEnvironmentOrder`. [as in ''[{"order": ..., "serviceEnvironment": "..."}]'']')
            [CompletionResult]::new('--job-queue-type', '--job-queue-type', [CompletionResultType]::ParameterName, 'Kind of the queue, `SAGEMAKER_TRAINING` for service jobs. When omitted, it follows from the environments. [one of EKS, ECS, ECS_FARGATE, SAGEMAKER_TRAINING, ECS_MANAGED_INSTANCES]')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags on the queue, at most 50. They do not reach its jobs.')
            [CompletionResult]::new('--job-state-time-limit-actions', '--job-state-time-limit-actions', [CompletionResultType]::ParameterName, 'What to do with jobs that stay too long at the head of the queue. None when omitted. [as in ''[{"reason": "...", "state": "RUNNABLE"}]'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;create-quota-share' {
            [CompletionResult]::new('--quota-share-name', '--quota-share-name', [CompletionResultType]::ParameterName, 'Name of the quota share: 1 to 128 letters, digits, hyphens and underscores. [required]')
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue to split. It must be `VALID`, for `SAGEMAKER_TRAINING`, and have a quota-share policy. [required]')
            [CompletionResult]::new('--capacity-limits', '--capacity-limits', [CompletionResultType]::ParameterName, 'Capacity that belongs to the share: one entry or more, each a number of instances of one type. [as in ''[{"maxCapacity": ..., "capacityUnit": "..."}]''] [required]')
            [CompletionResult]::new('--resource-sharing-configuration', '--resource-sharing-configuration', [CompletionResultType]::ParameterName, 'Whether idle capacity of the share is kept, lent, or both lent and borrowed. [as in ''{"strategy": "RESERVE"}''] [required]')
            [CompletionResult]::new('--preemption-configuration', '--preemption-configuration', [CompletionResultType]::ParameterName, 'Whether jobs of the share may be stopped in favour of more urgent ones of the same share. [as in ''{"inSharePreemption": "ENABLED"}''] [required]')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, '`ENABLED` to accept jobs, `DISABLED` to refuse new ones; `ENABLED` when omitted. [one of ENABLED, DISABLED]')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags to attach to the quota share: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;create-scheduling-policy' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the new policy, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]')
            [CompletionResult]::new('--quota-share-policy', '--quota-share-policy', [CompletionResultType]::ParameterName, 'Rules for dividing capacity by quota shares. Excludes `fairsharePolicy`; the kind of policy cannot be changed later. [as in ''{"idleResourceAssignmentStrategy": "FIFO"}'']')
            [CompletionResult]::new('--fairshare-policy', '--fairshare-policy', [CompletionResultType]::ParameterName, 'Rules for dividing capacity by share identifiers. Excludes `quotaSharePolicy`; the kind of policy cannot be changed later. [as in ''{"shareDecaySeconds": ...}'']')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags on the policy, at most 50.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;create-service-environment' {
            [CompletionResult]::new('--service-environment-name', '--service-environment-name', [CompletionResultType]::ParameterName, 'Name of the service environment: 1 to 128 letters, digits, hyphens and underscores. [required]')
            [CompletionResult]::new('--service-environment-type', '--service-environment-type', [CompletionResultType]::ParameterName, 'Service that carries out the jobs; must be `SAGEMAKER_TRAINING`. [one of SAGEMAKER_TRAINING] [required]')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, '`ENABLED` to let queues run jobs in the environment, `DISABLED` to hold them back; `ENABLED` when omitted. [one of ENABLED, DISABLED]')
            [CompletionResult]::new('--capacity-limits', '--capacity-limits', [CompletionResultType]::ParameterName, 'Most capacity that jobs may use at once, one entry per unit. A job counts with the number of instances that its payload asks for. [as in ''[{"maxCapacity": ...}]''] [required]')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags to attach to the service environment: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;delete-compute-environment' {
            [CompletionResult]::new('--compute-environment', '--compute-environment', [CompletionResultType]::ParameterName, 'Name or ARN of the compute environment to delete. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;delete-consumable-resource' {
            [CompletionResult]::new('--consumable-resource', '--consumable-resource', [CompletionResultType]::ParameterName, 'Name or ARN of the consumable resource to delete. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;delete-job-queue' {
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue to delete. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;delete-quota-share' {
            [CompletionResult]::new('--quota-share-arn', '--quota-share-arn', [CompletionResultType]::ParameterName, 'ARN of the quota share to delete; a name is not enough. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;delete-scheduling-policy' {
            [CompletionResult]::new('--arn', '--arn', [CompletionResultType]::ParameterName, 'ARN of the scheduling policy to delete. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;delete-service-environment' {
            [CompletionResult]::new('--service-environment', '--service-environment', [CompletionResultType]::ParameterName, 'Name or ARN of the service environment to delete. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;deregister-job-definition' {
            [CompletionResult]::new('--job-definition', '--job-definition', [CompletionResultType]::ParameterName, 'The revision to deregister, as `name:revision` or as a full ARN that ends in the revision. A bare name is not enough. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-compute-environments' {
            [CompletionResult]::new('--compute-environments', '--compute-environments', [CompletionResultType]::ParameterName, 'Names or ARNs of the environments to describe, at most 100. All of them when omitted; unknown ones are skipped.')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most environments on one page, 1 to 100. Default 100.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token of the previous page''s answer, to go on from there. Leave it out for the first page.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-consumable-resource' {
            [CompletionResult]::new('--consumable-resource', '--consumable-resource', [CompletionResultType]::ParameterName, 'Name or ARN of the consumable resource to describe. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-job-definitions' {
            [CompletionResult]::new('--job-definitions', '--job-definitions', [CompletionResultType]::ParameterName, 'Revisions to describe, up to 100, each as `name:revision` or as a full ARN. Not to be combined with `status` or another selecting member.')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'The largest number of definitions on one page, `1` to `100`; 100 when omitted. Further pages are fetched with `nextToken`.')
            [CompletionResult]::new('--job-definition-name', '--job-definition-name', [CompletionResultType]::ParameterName, 'The name whose revisions are described. When omitted, definitions of every name qualify.')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'The status that a revision must have to be listed, such as `ACTIVE`. When omitted, `ACTIVE` and `INACTIVE` revisions are both listed.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'The token from the previous page, to be handed back unchanged. Omit it for the first page; a made-up token is refused.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-job-queues' {
            [CompletionResult]::new('--job-queues', '--job-queues', [CompletionResultType]::ParameterName, 'Names or ARNs of the queues to describe, at most 100. All of them when omitted; unknown ones are skipped.')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most queues on one page, 1 to 100. Default 100.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token of the previous page''s answer, to go on from there. Leave it out for the first page.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-jobs' {
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'IDs of the jobs to describe, at most 100. `ID:INDEX` names a child of an array, `ID#INDEX` a node of a multi-node parallel job. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-quota-share' {
            [CompletionResult]::new('--quota-share-arn', '--quota-share-arn', [CompletionResultType]::ParameterName, 'ARN of the quota share to describe; a name is not enough. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-scheduling-policies' {
            [CompletionResult]::new('--arns', '--arns', [CompletionResultType]::ParameterName, 'ARNs of the policies to describe, at most 100. Unknown ones are skipped. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-service-environments' {
            [CompletionResult]::new('--service-environments', '--service-environments', [CompletionResultType]::ParameterName, 'Names or ARNs of the service environments to describe; all of them when omitted.')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;describe-service-job' {
            [CompletionResult]::new('--job-id', '--job-id', [CompletionResultType]::ParameterName, 'ID of the service job, as returned when it was submitted. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;get-job-queue-snapshot' {
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;list-consumable-resources' {
            [CompletionResult]::new('--filters', '--filters', [CompletionResultType]::ParameterName, 'Filters on `CONSUMABLE_RESOURCE_NAME`, compared without regard to letter case; a value may end with `*` to match names that begin so. All resources when omitted. [as in ''[{"name": "..."}]'']')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;list-jobs' {
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue to list. Excludes `arrayJobId` and `multiNodeJobId`.')
            [CompletionResult]::new('--array-job-id', '--array-job-id', [CompletionResultType]::ParameterName, 'ID of an array job whose children to list. Excludes `jobQueue` and `multiNodeJobId`.')
            [CompletionResult]::new('--multi-node-job-id', '--multi-node-job-id', [CompletionResultType]::ParameterName, 'ID of a multi-node parallel job whose nodes to list. Excludes `jobQueue` and `arrayJobId`.')
            [CompletionResult]::new('--job-status', '--job-status', [CompletionResultType]::ParameterName, 'Status the jobs must have; `RUNNING` when omitted. Array parents wait in `PENDING` while children run. Ignored together with `filters`, except for `SHARE_IDENTIFIER`. [one of SUBMITTED, PENDING, RUNNABLE, STARTING, RUNNING, SUCCEEDED, FAILED]')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most jobs to return on one page, at least 1. The limit, and the default, is 1,000, or 100 with `filters`.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token from the previous page, to continue behind it. Omit it for the first page.')
            [CompletionResult]::new('--filters', '--filters', [CompletionResultType]::ParameterName, 'Filter on name, job definition, share or time of creation; one entry at most. Finds jobs of any status, newest first, but no array children or nodes. [as in ''[{"name": "..."}]'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;list-jobs-by-consumable-resource' {
            [CompletionResult]::new('--consumable-resource', '--consumable-resource', [CompletionResultType]::ParameterName, 'Name or ARN of the consumable resource. [required]')
            [CompletionResult]::new('--filters', '--filters', [CompletionResultType]::ParameterName, 'Filters on `JOB_STATUS` (such as `RUNNING`) or `JOB_NAME` (any letter case, `*` allowed at the end). All jobs that need the resource when omitted. [as in ''[{"name": "..."}]'']')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;list-quota-shares' {
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue whose quota shares are listed. [required]')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;list-scheduling-policies' {
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most policies on one page, 1 to 100. Default 100.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token of the previous page''s answer, to go on from there. Leave it out for the first page.')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;list-service-jobs' {
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue whose service jobs are listed.')
            [CompletionResult]::new('--job-status', '--job-status', [CompletionResultType]::ParameterName, 'State that the listed jobs are in; `RUNNING` when neither this nor `filters` is given. Ignored beside `filters`, except those on `SHARE_IDENTIFIER` and `QUOTA_SHARE_NAME`. [one of SUBMITTED, PENDING, RUNNABLE, SCHEDULED, STARTING, RUNNING, SUCCEEDED, FAILED]')
            [CompletionResult]::new('--max-results', '--max-results', [CompletionResultType]::ParameterName, 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.')
            [CompletionResult]::new('--next-token', '--next-token', [CompletionResultType]::ParameterName, 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.')
            [CompletionResult]::new('--filters', '--filters', [CompletionResultType]::ParameterName, 'One filter on `JOB_NAME` (any letter case, `*` allowed at the end), `BEFORE_CREATED_AT`, `AFTER_CREATED_AT` (milliseconds as text), `SHARE_IDENTIFIER` or `QUOTA_SHARE_NAME`. Newest jobs come first. [as in ''[{"name": "..."}]'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;list-tags-for-resource' {
            [CompletionResult]::new('--resource-arn', '--resource-arn', [CompletionResultType]::ParameterName, 'ARN of the resource. Children of array jobs and nodes of multi-node jobs have no tags of their own. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;register-job-definition' {
            [CompletionResult]::new('--job-definition-name', '--job-definition-name', [CompletionResultType]::ParameterName, 'The name of the definition: 1 to 128 letters, digits, hyphens and underscores. Its first registration becomes revision 1, each later one the next number. [required]')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'The kind of job. `container` goes with one of `containerProperties`, `ecsProperties` and `eksProperties`; `multinode` goes with `nodeProperties` and is not available on Fargate. [one of container, multinode] [required]')
            [CompletionResult]::new('--parameters', '--parameters', [CompletionResultType]::ParameterName, 'Default values of the `Ref::name` placeholders in the command, all strings. Values given at submission replace those of the same name.')
            [CompletionResult]::new('--scheduling-priority', '--scheduling-priority', [CompletionResultType]::ParameterName, 'The priority of jobs in queues with a fair-share policy, `0` to `9999`; higher goes first. Without effect in other queues. A submission may override it.')
            [CompletionResult]::new('--container-properties', '--container-properties', [CompletionResultType]::ParameterName, 'The container of a single-container job on ECS. Excludes `ecsProperties`, `eksProperties` and `nodeProperties`. [as in ''{"image": "..."}'']')
            [CompletionResult]::new('--node-properties', '--node-properties', [CompletionResultType]::ParameterName, 'The nodes of a multi-node parallel job, required for type `multinode`. Excludes the other property members and is not available on Fargate. [as in ''{"numNodes": ..., "mainNode": ...}'']')
            [CompletionResult]::new('--retry-strategy', '--retry-strategy', [CompletionResultType]::ParameterName, 'How failed jobs are retried. A strategy given at submission replaces it as a whole; without any, a job is tried once. [as in ''{"attempts": ...}'']')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'The time limit of an attempt. A timeout given at submission replaces it; without any, attempts may run without limit. [as in ''{"attemptDurationSeconds": ...}'']')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags for the job definition itself, at most 50, with keys of 1 to 128 and values of up to 256 characters. Keys and values must not start with `aws:`.')
            [CompletionResult]::new('--platform-capabilities', '--platform-capabilities', [CompletionResultType]::ParameterName, 'The platforms that the definition is for: `EC2`, `FARGATE` or `MANAGED_INSTANCES`. `EC2` when omitted. Must not be given for EKS. [one of EC2, FARGATE, MANAGED_INSTANCES]')
            [CompletionResult]::new('--eks-properties', '--eks-properties', [CompletionResultType]::ParameterName, 'The Kubernetes pod of a job on EKS. Excludes `containerProperties`, `ecsProperties` and `nodeProperties`. [as in ''{"podProperties": {"serviceAccountName": "..."}}'']')
            [CompletionResult]::new('--ecs-properties', '--ecs-properties', [CompletionResultType]::ParameterName, 'The ECS task of a job with several containers. Excludes `containerProperties`, `eksProperties` and `nodeProperties`. [as in ''{"taskProperties": [{"containers": [{...}]}]}'']')
            [CompletionResult]::new('--consumable-resource-properties', '--consumable-resource-properties', [CompletionResultType]::ParameterName, 'The consumable resources that each job needs before it can start and holds while it runs. None when omitted. [as in ''{"consumableResourceList": [{"consumableResource": "..."}]}'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('--propagate-tags', '--propagate-tags', [CompletionResultType]::ParameterName, 'Whether the tags of job and definition are copied to the ECS task; `false` when omitted. More than 50 combined tags make the job fail. Must not be given for EKS.')
            [CompletionResult]::new('--no-propagate-tags', '--no-propagate-tags', [CompletionResultType]::ParameterName, 'The opposite of --propagate-tags.')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;submit-job' {
            [CompletionResult]::new('--job-name', '--job-name', [CompletionResultType]::ParameterName, 'Name of the job, at most 128 letters, digits, hyphens and underscores, beginning with a letter or digit. It need not be unique. [required]')
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue to submit to. It must exist and be enabled. [required]')
            [CompletionResult]::new('--share-identifier', '--share-identifier', [CompletionResultType]::ParameterName, 'Share that the job counts towards, at most 255 characters. Required in a queue with fair-share scheduling, refused in one without.')
            [CompletionResult]::new('--scheduling-priority-override', '--scheduling-priority-override', [CompletionResultType]::ParameterName, 'Priority among jobs of the same share, from 0 to 9999, higher first, instead of that of the job definition. Only for queues with fair-share scheduling.')
            [CompletionResult]::new('--array-properties', '--array-properties', [CompletionResultType]::ParameterName, 'Makes the submission an array job of 2 to 10,000 children. Omit it for a single job. [as in ''{"size": ...}'']')
            [CompletionResult]::new('--depends-on', '--depends-on', [CompletionResultType]::ParameterName, 'What must succeed before the job may run, at most 20 entries. If any dependency fails, the job fails without running. [as in ''[{"jobId": "..."}]'']')
            [CompletionResult]::new('--job-definition', '--job-definition', [CompletionResultType]::ParameterName, 'What to run: `NAME`, `NAME:REVISION`, or an ARN with or without revision. Without a revision, the latest active one is used. [required]')
            [CompletionResult]::new('--parameters', '--parameters', [CompletionResultType]::ParameterName, 'Values for the `Ref::NAME` placeholders in the command, over the defaults of the job definition. Defaults that are not named stay in force.')
            [CompletionResult]::new('--container-overrides', '--container-overrides', [CompletionResultType]::ParameterName, 'Changes to command, environment and resources for this run. For definitions with `containerProperties`; multi-node parallel jobs use `nodeOverrides`. [as in ''{"command": ["..."]}'']')
            [CompletionResult]::new('--node-overrides', '--node-overrides', [CompletionResultType]::ParameterName, 'Changes to the number of nodes and to node ranges for this run. For multi-node parallel jobs only; not for Fargate. [as in ''{"numNodes": ...}'']')
            [CompletionResult]::new('--retry-strategy', '--retry-strategy', [CompletionResultType]::ParameterName, 'Retry rules for this job, replacing those of the job definition as a whole. With neither, the job is tried once. [as in ''{"attempts": ...}'']')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time limit for each attempt, at least 60 seconds, instead of that of the job definition. An attempt stopped by it is not retried. An array''s children each get it. [as in ''{"attemptDurationSeconds": ...}'']')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags to put on the job, at most 50, with keys up to 128 and values up to 256 characters.')
            [CompletionResult]::new('--eks-properties-override', '--eks-properties-override', [CompletionResultType]::ParameterName, 'Changes to the pod for this run. Only for job definitions with `eksProperties`. [as in ''{"podProperties": {"containers": [{...}]}}'']')
            [CompletionResult]::new('--ecs-properties-override', '--ecs-properties-override', [CompletionResultType]::ParameterName, 'Changes to the task''s containers for this run. Only for job definitions with `ecsProperties`. [as in ''{"taskProperties": [{"containers": [{...}]}]}'']')
            [CompletionResult]::new('--consumable-resource-properties-override', '--consumable-resource-properties-override', [CompletionResultType]::ParameterName, 'Consumable resources the job needs, instead of those in the job definition. [as in ''{"consumableResourceList": [{"consumableResource": "..."}]}'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('--propagate-tags', '--propagate-tags', [CompletionResultType]::ParameterName, 'Whether to copy the tags of job and job definition to the task, where the job''s tags win; more than 50 fail the job. When omitted, the job definition decides. Not for EKS.')
            [CompletionResult]::new('--no-propagate-tags', '--no-propagate-tags', [CompletionResultType]::ParameterName, 'The opposite of --propagate-tags.')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;submit-service-job' {
            [CompletionResult]::new('--job-name', '--job-name', [CompletionResultType]::ParameterName, 'Name of the service job: 1 to 128 letters, digits, hyphens and underscores. It need not be unique. [required]')
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue, whose type must be `SAGEMAKER_TRAINING`. [required]')
            [CompletionResult]::new('--retry-strategy', '--retry-strategy', [CompletionResultType]::ParameterName, 'Retry rules for failed attempts; when omitted, no retries are asked for. [as in ''{"attempts": ...}'']')
            [CompletionResult]::new('--scheduling-priority', '--scheduling-priority', [CompletionResultType]::ParameterName, 'Priority within the job''s fair share or quota share, from 0 to 9999, higher first. It has no effect on a first-in, first-out queue.')
            [CompletionResult]::new('--service-request-payload', '--service-request-payload', [CompletionResultType]::ParameterName, 'JSON text of the request to the target service: for `SAGEMAKER_TRAINING`, the parameters of SageMaker''s `CreateTrainingJob`. [required]')
            [CompletionResult]::new('--service-job-type', '--service-job-type', [CompletionResultType]::ParameterName, 'Kind of service job; must be `SAGEMAKER_TRAINING`. [one of SAGEMAKER_TRAINING] [required]')
            [CompletionResult]::new('--share-identifier', '--share-identifier', [CompletionResultType]::ParameterName, 'Fair-share identifier to count the job towards. Required on a queue with a fair-share policy, not allowed on any other.')
            [CompletionResult]::new('--quota-share-name', '--quota-share-name', [CompletionResultType]::ParameterName, 'Name of the quota share to run the job in. Required on a queue with a quota-share policy, not applicable to any other.')
            [CompletionResult]::new('--preemption-configuration', '--preemption-configuration', [CompletionResultType]::ParameterName, 'How often the job may be preempted before it is given up. It applies to quota shares only; no limit when omitted. [as in ''{"preemptionRetriesBeforeTermination": ...}'']')
            [CompletionResult]::new('--timeout-config', '--timeout-config', [CompletionResultType]::ParameterName, 'Time limit for each attempt; when omitted, only limits in the payload itself apply. [as in ''{"attemptDurationSeconds": ...}'']')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags to attach to the service job: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.')
            [CompletionResult]::new('--client-token', '--client-token', [CompletionResultType]::ParameterName, 'Token of 1 to 64 characters that marks repeats of this request, so that the job is submitted only once. Made up afresh when omitted. [made up if absent]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;tag-resource' {
            [CompletionResult]::new('--resource-arn', '--resource-arn', [CompletionResultType]::ParameterName, 'ARN of the resource to tag. Children of array jobs and nodes of multi-node jobs cannot be tagged. [required]')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags to add, 1 to 50. A key that is already there gets the new value; all other tags stay. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;terminate-job' {
            [CompletionResult]::new('--job-id', '--job-id', [CompletionResultType]::ParameterName, 'ID of the job. If it is `STARTING` or `RUNNING` it is stopped, if it waits it is cancelled; an array parent takes all its children along, `ID:INDEX` names one child. [required]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Explanation kept with the job and shown as its status reason when it is described later; at most 1,024 characters. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;terminate-jobs' {
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'IDs of the jobs to terminate. Those in `STARTING` or `RUNNING` are stopped, waiting ones are cancelled; array parents take all their children along. [required]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Explanation kept with every one of the jobs and shown as status reason when they are described later; at most 1,024 characters. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;terminate-service-job' {
            [CompletionResult]::new('--job-id', '--job-id', [CompletionResultType]::ParameterName, 'ID of the service job to end. [required]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why the job is ended; shown as a status reason when the job is described. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;terminate-service-jobs' {
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'IDs of the service jobs to end. [required]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why the jobs are ended; shown as a status reason when one of them is described. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;untag-resource' {
            [CompletionResult]::new('--resource-arn', '--resource-arn', [CompletionResultType]::ParameterName, 'ARN of the resource to remove tags from. [required]')
            [CompletionResult]::new('--tag-keys', '--tag-keys', [CompletionResultType]::ParameterName, 'Keys of the tags to remove, 1 to 50, in exact letter case. Keys that begin with `aws:` are refused. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;update-compute-environment' {
            [CompletionResult]::new('--compute-environment', '--compute-environment', [CompletionResultType]::ParameterName, 'Name or ARN of the compute environment to change. [required]')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'New state: `ENABLED` to take jobs, `DISABLED` to place no more; jobs that have started go on. [one of ENABLED, DISABLED]')
            [CompletionResult]::new('--unmanagedv-cpus', '--unmanagedv-cpus', [CompletionResultType]::ParameterName, 'New number of vCPUs you supply, used by fair-share scheduling to reserve capacity. Only for `UNMANAGED`.')
            [CompletionResult]::new('--compute-resources', '--compute-resources', [CompletionResultType]::ParameterName, 'Changes to the capacity. Only for `MANAGED`. [as in ''{"minvCpus": ...}'']')
            [CompletionResult]::new('--service-role', '--service-role', [CompletionResultType]::ParameterName, 'New IAM role, preferably as full ARN. The service-linked role cannot be exchanged for an ordinary one, nor the reverse.')
            [CompletionResult]::new('--update-policy', '--update-policy', [CompletionResultType]::ParameterName, 'What happens to running jobs when this update replaces the infrastructure. [as in ''{"terminateJobsOnUpdate": true}'']')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Reserved for the service.')
            [CompletionResult]::new('--ecs-settings', '--ecs-settings', [CompletionResultType]::ParameterName, 'New ECS cluster settings. Does not apply to EKS. [as in ''{"containerInsights": "ENABLED"}'']')
            [CompletionResult]::new('--eks-configuration', '--eks-configuration', [CompletionResultType]::ParameterName, 'Change to the EKS settings; only the access entry can change. [as in ''{"accessEntry": {"desiredState": "ENABLED"}}'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;update-consumable-resource' {
            [CompletionResult]::new('--consumable-resource', '--consumable-resource', [CompletionResultType]::ParameterName, 'Name or ARN of the consumable resource to change. [required]')
            [CompletionResult]::new('--operation', '--operation', [CompletionResultType]::ParameterName, 'What to do with `quantity`: `SET` makes it the new total, `ADD` raises the total by it, `REMOVE` lowers the total by it.')
            [CompletionResult]::new('--quantity', '--quantity', [CompletionResultType]::ParameterName, 'New total or amount of the change, in units, depending on `operation`; 0 or more.')
            [CompletionResult]::new('--client-token', '--client-token', [CompletionResultType]::ParameterName, 'Token of 1 to 64 characters that marks repeats of this request, so that the change is made only once. Made up afresh when omitted. [made up if absent]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;update-job-queue' {
            [CompletionResult]::new('--job-queue', '--job-queue', [CompletionResultType]::ParameterName, 'Name or ARN of the job queue to change. [required]')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'New state: `ENABLED` to take jobs, `DISABLED` to refuse new ones; jobs in the queue can still finish. [one of ENABLED, DISABLED]')
            [CompletionResult]::new('--scheduling-policy-arn', '--scheduling-policy-arn', [CompletionResultType]::ParameterName, 'ARN of the policy that replaces the present one. Only for queues created with a scheduling policy, which cannot be removed.')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'New priority over other queues on the same environment; the higher number goes first.')
            [CompletionResult]::new('--compute-environment-order', '--compute-environment-order', [CompletionResultType]::ParameterName, 'New list of 1 to 3 compute environments, in place of the present one; all of one kind and one CPU architecture. [as in ''[{"order": ..., "computeEnvironment": "..."}]'']')
            [CompletionResult]::new('--service-environment-order', '--service-environment-order', [CompletionResultType]::ParameterName, 'New list of service environments, in place of the present one; all of one type. [as in ''[{"order": ..., "serviceEnvironment": "..."}]'']')
            [CompletionResult]::new('--job-state-time-limit-actions', '--job-state-time-limit-actions', [CompletionResultType]::ParameterName, 'New rules for jobs that stay too long at the head of the queue, in place of the present ones. [as in ''[{"reason": "...", "state": "RUNNABLE"}]'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;update-quota-share' {
            [CompletionResult]::new('--quota-share-arn', '--quota-share-arn', [CompletionResultType]::ParameterName, 'ARN of the quota share to change; a name is not enough. [required]')
            [CompletionResult]::new('--capacity-limits', '--capacity-limits', [CompletionResultType]::ParameterName, 'Capacity that belongs to the share: one entry or more, each a number of instances of one type; unchanged when omitted. Lowering it can get jobs preempted that no longer fit. [as in ''[{"maxCapacity": ..., "capacityUnit": "..."}]'']')
            [CompletionResult]::new('--resource-sharing-configuration', '--resource-sharing-configuration', [CompletionResultType]::ParameterName, 'Whether idle capacity of the share is kept, lent, or both lent and borrowed; unchanged when omitted. [as in ''{"strategy": "RESERVE"}'']')
            [CompletionResult]::new('--preemption-configuration', '--preemption-configuration', [CompletionResultType]::ParameterName, 'Whether jobs of the share may be stopped in favour of more urgent ones of the same share; unchanged when omitted. [as in ''{"inSharePreemption": "ENABLED"}'']')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, '`ENABLED` to accept jobs, `DISABLED` to refuse new ones while those already submitted go on; unchanged when omitted. [one of ENABLED, DISABLED]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;update-scheduling-policy' {
            [CompletionResult]::new('--arn', '--arn', [CompletionResultType]::ParameterName, 'ARN of the scheduling policy to change. [required]')
            [CompletionResult]::new('--quota-share-policy', '--quota-share-policy', [CompletionResultType]::ParameterName, 'New quota-share rules. Only for policies created with them. [as in ''{"idleResourceAssignmentStrategy": "FIFO"}'']')
            [CompletionResult]::new('--fairshare-policy', '--fairshare-policy', [CompletionResultType]::ParameterName, 'New fair-share rules. Only for fair-share policies. [as in ''{"shareDecaySeconds": ...}'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;update-service-environment' {
            [CompletionResult]::new('--service-environment', '--service-environment', [CompletionResultType]::ParameterName, 'Name or ARN of the service environment to change. [required]')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, '`ENABLED` to let queues run jobs in the environment, `DISABLED` to hold them back; unchanged when omitted. [one of ENABLED, DISABLED]')
            [CompletionResult]::new('--capacity-limits', '--capacity-limits', [CompletionResultType]::ParameterName, 'New limits on the capacity in use, one entry per unit, which replace the old list; unchanged when omitted. [as in ''[{"maxCapacity": ...}]'']')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'kiln;update-service-job' {
            [CompletionResult]::new('--job-id', '--job-id', [CompletionResultType]::ParameterName, 'ID of the service job to change. [required]')
            [CompletionResult]::new('--scheduling-priority', '--scheduling-priority', [CompletionResultType]::ParameterName, 'New priority within the job''s share, from 0 to 9999, higher first. It matters only on a queue with a fair-share or quota-share policy. [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'The whole input as a JSON object. Flags replace the members that they name.')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]')
            [CompletionResult]::new('--home', '--home', [CompletionResultType]::ParameterName, 'The home of the engine. [default: KILN_HOME]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
