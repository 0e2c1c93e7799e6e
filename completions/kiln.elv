
use builtin;
use str;

set edit:completion:arg-completer[kiln] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'kiln'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'kiln'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Sets up a first environment, queue and job definition, and runs a job'
            cand logs 'Prints the log of a job'
            cand wait 'Waits for jobs to end; the exit code is the job''s own'
            cand validate 'Checks input files against all documented rules, and sends nothing'
            cand explain 'Explains rules: what they ask, why, and an example of both sides'
            cand schema 'Prints the JSON Schema of an operation''s input'
            cand engine 'Shows, stops or runs the local engine'
            cand cancel-job 'Cancels a job that has not started yet (`SUBMITTED`, `PENDING` or `RUNNABLE`); a job that has started goes on.'
            cand cancel-jobs 'Cancels several jobs that have not started yet and reports for each whether that succeeded.'
            cand create-compute-environment 'Creates a compute environment, the capacity that jobs run on.'
            cand create-consumable-resource 'Creates a consumable resource, such as a pool of licences, that jobs can require.'
            cand create-job-queue 'Creates a job queue on one or more compute environments or service environments.'
            cand create-quota-share 'Creates a quota share, a reserved part of the capacity of a job queue.'
            cand create-scheduling-policy 'Creates a scheduling policy that divides the capacity of job queues fairly or by quota.'
            cand create-service-environment 'Creates a service environment, the capacity that service jobs run on.'
            cand delete-compute-environment 'Deletes a compute environment that is disabled and belongs to no job queue.'
            cand delete-consumable-resource 'Deletes a consumable resource.'
            cand delete-job-queue 'Deletes a job queue that is disabled, with its jobs: those still in it are terminated, and what ended is no longer shown.'
            cand delete-quota-share 'Deletes a quota share that is disabled, and terminates the jobs still in it.'
            cand delete-scheduling-policy 'Deletes a scheduling policy that no job queue uses.'
            cand delete-service-environment 'Deletes a service environment that is disabled and belongs to no job queue.'
            cand deregister-job-definition 'Deregisters one revision of a job definition, which becomes `INACTIVE` and takes no new jobs.'
            cand describe-compute-environments 'Describes some or all compute environments, with their status and capacity.'
            cand describe-consumable-resource 'Describes a consumable resource, with the quantities in total, in use and available.'
            cand describe-job-definitions 'Describes job definitions, chosen by name, ARN or status, with all their revisions.'
            cand describe-job-queues 'Describes some or all job queues, with their state, priority and environments.'
            cand describe-jobs 'Describes up to 100 jobs in full: status, attempts, containers and settings.'
            cand describe-quota-share 'Describes a quota share, with its limits and its rules for sharing and preemption.'
            cand describe-scheduling-policies 'Describes up to 100 scheduling policies, with their shares and weights.'
            cand describe-service-environments 'Describes some or all service environments, with their state and capacity limits.'
            cand describe-service-job 'Describes a service job in full: status, attempts and request payload.'
            cand get-job-queue-snapshot 'Shows the first 100 `RUNNABLE` jobs of a queue in the order they will start, and how its capacity is used.'
            cand list-consumable-resources 'Lists consumable resources with their quantities in total and in use.'
            cand list-jobs 'Lists the jobs of a queue, the children of an array job or the nodes of a multi-node job; without a status or a filter only those that are `RUNNING`.'
            cand list-jobs-by-consumable-resource 'Lists the jobs that require a given consumable resource.'
            cand list-quota-shares 'Lists the quota shares of a job queue.'
            cand list-scheduling-policies 'Lists the ARNs of all scheduling policies.'
            cand list-service-jobs 'Lists the service jobs of a queue; without a status or a filter only those that are `RUNNING`.'
            cand list-tags-for-resource 'Lists the tags of a resource.'
            cand register-job-definition 'Registers a job definition; each call makes a new revision under its name.'
            cand submit-job 'Submits a job to a queue, from a job definition and optional overrides of its settings.'
            cand submit-service-job 'Submits a service job, such as a SageMaker training job, to a queue with service environments.'
            cand tag-resource 'Adds tags to a resource, or gives new values to those it has; other tags stay.'
            cand terminate-job 'Terminates a job in whatever state it is; a running one is stopped and becomes `FAILED`.'
            cand terminate-jobs 'Terminates several jobs in whatever state they are and reports for each whether that succeeded.'
            cand terminate-service-job 'Terminates a service job in whatever state it is.'
            cand terminate-service-jobs 'Terminates several service jobs in whatever state they are and reports for each whether that succeeded.'
            cand untag-resource 'Removes tags from a resource, by their keys.'
            cand update-compute-environment 'Updates a compute environment: its state, its capacity or its infrastructure.'
            cand update-consumable-resource 'Updates the total quantity of a consumable resource by setting, adding or removing.'
            cand update-job-queue 'Updates a job queue: its state, priority, environments, scheduling policy or time limits.'
            cand update-quota-share 'Updates a quota share: its state, limits or rules for sharing and preemption.'
            cand update-scheduling-policy 'Updates the rules of a scheduling policy.'
            cand update-service-environment 'Updates a service environment: its state or its capacity limits.'
            cand update-service-job 'Updates the scheduling priority of a service job.'
        }
        &'kiln;init'= {
            cand --name 'What the names of all that is created begin with'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -y 'Creates without asking'
            cand --yes 'Creates without asking'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'kiln;logs'= {
            cand --attempt 'Number of the attempt, counted from 1'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -f 'Waits for the job to start, prints the log as it comes, and ends when the job has ended'
            cand --follow 'Waits for the job to start, prints the log as it comes, and ends when the job has ended'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'kiln;wait'= {
            cand --timeout 'Gives up after so many seconds, with exit code 124. The jobs go on'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'kiln;validate'= {
            cand --operation 'The operation whose input the files are, as a command or as in the API: `submit-job` or `SubmitJob`'
            cand --format 'How findings are printed: text for people, json for programs, sarif (2.1.0) for code scanners, github for the annotations of GitHub Actions'
            cand --deny 'What to refuse besides errors: warnings'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'kiln;explain'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand --list 'List all rules with a line each'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'kiln;schema'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'kiln;engine'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand status 'Shows whether the engine runs, and what it is busy with'
            cand stop 'Stops the engine. Jobs that run go on; the next engine finds them'
            cand run 'Runs the engine here, until Ctrl-C'
            cand log 'Prints the engine''s log'
            cand runner 'Is the parent of the attempts of a home'
            cand limited 'Becomes the command of an attempt'
        }
        &'kiln;engine;status'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;engine;stop'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;engine;run'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand --detached 'Started by a command: says on standard output when it is ready'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;engine;log'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -f 'Prints what comes, until Ctrl-C'
            cand --follow 'Prints what comes, until Ctrl-C'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;engine;runner'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;engine;limited'= {
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;cancel-job'= {
            cand --job-id 'ID of the job to cancel. Only a job in `SUBMITTED`, `PENDING` or `RUNNABLE` is affected; an array parent takes all its children along, `ID:INDEX` names one child. [required]'
            cand --reason 'Explanation kept with the job and shown as its status reason when it is described later; at most 1,024 characters. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;cancel-jobs'= {
            cand --jobs 'IDs of the jobs to cancel. Only jobs in `SUBMITTED`, `PENDING` or `RUNNABLE` are affected; array parents take all their children along. [required]'
            cand --reason 'Explanation kept with every one of the jobs and shown as status reason when they are described later; at most 1,024 characters. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;create-compute-environment'= {
            cand --compute-environment-name 'Name of the new environment, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]'
            cand --type 'Who runs the capacity: `MANAGED` or `UNMANAGED`. It cannot be changed later; Fargate and EKS need `MANAGED`. [one of MANAGED, UNMANAGED] [required]'
            cand --state 'Whether jobs may be placed here at once: `ENABLED` (the default) or `DISABLED`. [one of ENABLED, DISABLED]'
            cand --unmanagedv-cpus 'Number of vCPUs you will supply, used by fair-share scheduling to reserve capacity; nothing is reserved without it. Only for `UNMANAGED`.'
            cand --compute-resources 'Capacity of the environment. Required for `MANAGED`, left out for `UNMANAGED`. [as in ''{"type": "EC2", "maxvCpus": ...}'']'
            cand --service-role 'IAM role, preferably as full ARN, with which the service acts. Default `AWSServiceRoleForBatch`, also for an empty string; refused with EKS.'
            cand --tags 'Tags on the environment itself, at most 50. They do not reach its instances; use `tags` of the compute resources for those.'
            cand --eks-configuration 'EKS cluster and namespace to run pods in. Leave it out for an environment on ECS. [as in ''{"eksClusterArn": "...", "kubernetesNamespace": "..."}'']'
            cand --context 'Reserved for the service.'
            cand --ecs-settings 'ECS cluster settings of the environment. Does not apply to EKS. [as in ''{"containerInsights": "ENABLED"}'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;create-consumable-resource'= {
            cand --consumable-resource-name 'Name of the consumable resource, which no other may have. [required]'
            cand --total-quantity 'Number of units that exist at first; 0 or more.'
            cand --resource-type '`REPLENISHABLE` if jobs give back their units at the end, `NON_REPLENISHABLE` if units are used up; `REPLENISHABLE` when omitted.'
            cand --tags 'Tags to attach to the consumable resource: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;create-job-queue'= {
            cand --job-queue-name 'Name of the new queue, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]'
            cand --state 'Whether the queue takes jobs: `ENABLED` (the default) or `DISABLED`. [one of ENABLED, DISABLED]'
            cand --scheduling-policy-arn 'ARN of the scheduling policy. Without one the queue is first in, first out for ever; with one, the policy can later be replaced but not removed.'
            cand --priority 'Priority over other queues on the same environment, a whole number; the higher number goes first. The AWS console offers 0 to 100. [required]'
            cand --compute-environment-order 'Compute environments to run jobs on, 1 to 3, all of one kind (EC2 and Spot, or Fargate, or EKS) and one CPU architecture. Excludes `serviceEnvironmentOrder`. [as in ''[{"order": ..., "computeEnvironment": "..."}]'']'
            cand --service-environment-order 'Service environments for service jobs, all of one type. Excludes `computeEnvironmentOrder`. [as in ''[{"order": ..., "serviceEnvironment": "..."}]'']'
            cand --job-queue-type 'Kind of the queue, `SAGEMAKER_TRAINING` for service jobs. When omitted, it follows from the environments. [one of EKS, ECS, ECS_FARGATE, SAGEMAKER_TRAINING, ECS_MANAGED_INSTANCES]'
            cand --tags 'Tags on the queue, at most 50. They do not reach its jobs.'
            cand --job-state-time-limit-actions 'What to do with jobs that stay too long at the head of the queue. None when omitted. [as in ''[{"reason": "...", "state": "RUNNABLE"}]'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;create-quota-share'= {
            cand --quota-share-name 'Name of the quota share: 1 to 128 letters, digits, hyphens and underscores. [required]'
            cand --job-queue 'Name or ARN of the job queue to split. It must be `VALID`, for `SAGEMAKER_TRAINING`, and have a quota-share policy. [required]'
            cand --capacity-limits 'Capacity that belongs to the share: one entry or more, each a number of instances of one type. [as in ''[{"maxCapacity": ..., "capacityUnit": "..."}]''] [required]'
            cand --resource-sharing-configuration 'Whether idle capacity of the share is kept, lent, or both lent and borrowed. [as in ''{"strategy": "RESERVE"}''] [required]'
            cand --preemption-configuration 'Whether jobs of the share may be stopped in favour of more urgent ones of the same share. [as in ''{"inSharePreemption": "ENABLED"}''] [required]'
            cand --state '`ENABLED` to accept jobs, `DISABLED` to refuse new ones; `ENABLED` when omitted. [one of ENABLED, DISABLED]'
            cand --tags 'Tags to attach to the quota share: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;create-scheduling-policy'= {
            cand --name 'Name of the new policy, 1 to 128 letters, digits, hyphens and underscores, not yet in use in the account and Region. [required]'
            cand --quota-share-policy 'Rules for dividing capacity by quota shares. Excludes `fairsharePolicy`; the kind of policy cannot be changed later. [as in ''{"idleResourceAssignmentStrategy": "FIFO"}'']'
            cand --fairshare-policy 'Rules for dividing capacity by share identifiers. Excludes `quotaSharePolicy`; the kind of policy cannot be changed later. [as in ''{"shareDecaySeconds": ...}'']'
            cand --tags 'Tags on the policy, at most 50.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;create-service-environment'= {
            cand --service-environment-name 'Name of the service environment: 1 to 128 letters, digits, hyphens and underscores. [required]'
            cand --service-environment-type 'Service that carries out the jobs; must be `SAGEMAKER_TRAINING`. [one of SAGEMAKER_TRAINING] [required]'
            cand --state '`ENABLED` to let queues run jobs in the environment, `DISABLED` to hold them back; `ENABLED` when omitted. [one of ENABLED, DISABLED]'
            cand --capacity-limits 'Most capacity that jobs may use at once, one entry per unit. A job counts with the number of instances that its payload asks for. [as in ''[{"maxCapacity": ...}]''] [required]'
            cand --tags 'Tags to attach to the service environment: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;delete-compute-environment'= {
            cand --compute-environment 'Name or ARN of the compute environment to delete. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;delete-consumable-resource'= {
            cand --consumable-resource 'Name or ARN of the consumable resource to delete. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;delete-job-queue'= {
            cand --job-queue 'Name or ARN of the job queue to delete. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;delete-quota-share'= {
            cand --quota-share-arn 'ARN of the quota share to delete; a name is not enough. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;delete-scheduling-policy'= {
            cand --arn 'ARN of the scheduling policy to delete. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;delete-service-environment'= {
            cand --service-environment 'Name or ARN of the service environment to delete. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;deregister-job-definition'= {
            cand --job-definition 'The revision to deregister, as `name:revision` or as a full ARN that ends in the revision. A bare name is not enough. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-compute-environments'= {
            cand --compute-environments 'Names or ARNs of the environments to describe, at most 100. All of them when omitted; unknown ones are skipped.'
            cand --max-results 'Most environments on one page, 1 to 100. Default 100.'
            cand --next-token 'Token of the previous page''s answer, to go on from there. Leave it out for the first page.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-consumable-resource'= {
            cand --consumable-resource 'Name or ARN of the consumable resource to describe. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-job-definitions'= {
            cand --job-definitions 'Revisions to describe, up to 100, each as `name:revision` or as a full ARN. Not to be combined with `status` or another selecting member.'
            cand --max-results 'The largest number of definitions on one page, `1` to `100`; 100 when omitted. Further pages are fetched with `nextToken`.'
            cand --job-definition-name 'The name whose revisions are described. When omitted, definitions of every name qualify.'
            cand --status 'The status that a revision must have to be listed, such as `ACTIVE`. When omitted, `ACTIVE` and `INACTIVE` revisions are both listed.'
            cand --next-token 'The token from the previous page, to be handed back unchanged. Omit it for the first page; a made-up token is refused.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-job-queues'= {
            cand --job-queues 'Names or ARNs of the queues to describe, at most 100. All of them when omitted; unknown ones are skipped.'
            cand --max-results 'Most queues on one page, 1 to 100. Default 100.'
            cand --next-token 'Token of the previous page''s answer, to go on from there. Leave it out for the first page.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-jobs'= {
            cand --jobs 'IDs of the jobs to describe, at most 100. `ID:INDEX` names a child of an array, `ID#INDEX` a node of a multi-node parallel job. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-quota-share'= {
            cand --quota-share-arn 'ARN of the quota share to describe; a name is not enough. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-scheduling-policies'= {
            cand --arns 'ARNs of the policies to describe, at most 100. Unknown ones are skipped. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-service-environments'= {
            cand --service-environments 'Names or ARNs of the service environments to describe; all of them when omitted.'
            cand --max-results 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.'
            cand --next-token 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;describe-service-job'= {
            cand --job-id 'ID of the service job, as returned when it was submitted. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;get-job-queue-snapshot'= {
            cand --job-queue 'Name or ARN of the job queue. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;list-consumable-resources'= {
            cand --filters 'Filters on `CONSUMABLE_RESOURCE_NAME`, compared without regard to letter case; a value may end with `*` to match names that begin so. All resources when omitted. [as in ''[{"name": "..."}]'']'
            cand --max-results 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.'
            cand --next-token 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;list-jobs'= {
            cand --job-queue 'Name or ARN of the job queue to list. Excludes `arrayJobId` and `multiNodeJobId`.'
            cand --array-job-id 'ID of an array job whose children to list. Excludes `jobQueue` and `multiNodeJobId`.'
            cand --multi-node-job-id 'ID of a multi-node parallel job whose nodes to list. Excludes `jobQueue` and `arrayJobId`.'
            cand --job-status 'Status the jobs must have; `RUNNING` when omitted. Array parents wait in `PENDING` while children run. Ignored together with `filters`, except for `SHARE_IDENTIFIER`. [one of SUBMITTED, PENDING, RUNNABLE, STARTING, RUNNING, SUCCEEDED, FAILED]'
            cand --max-results 'Most jobs to return on one page, at least 1. The limit, and the default, is 1,000, or 100 with `filters`.'
            cand --next-token 'Token from the previous page, to continue behind it. Omit it for the first page.'
            cand --filters 'Filter on name, job definition, share or time of creation; one entry at most. Finds jobs of any status, newest first, but no array children or nodes. [as in ''[{"name": "..."}]'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;list-jobs-by-consumable-resource'= {
            cand --consumable-resource 'Name or ARN of the consumable resource. [required]'
            cand --filters 'Filters on `JOB_STATUS` (such as `RUNNING`) or `JOB_NAME` (any letter case, `*` allowed at the end). All jobs that need the resource when omitted. [as in ''[{"name": "..."}]'']'
            cand --max-results 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.'
            cand --next-token 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;list-quota-shares'= {
            cand --job-queue 'Name or ARN of the job queue whose quota shares are listed. [required]'
            cand --max-results 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.'
            cand --next-token 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;list-scheduling-policies'= {
            cand --max-results 'Most policies on one page, 1 to 100. Default 100.'
            cand --next-token 'Token of the previous page''s answer, to go on from there. Leave it out for the first page.'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;list-service-jobs'= {
            cand --job-queue 'Name or ARN of the job queue whose service jobs are listed.'
            cand --job-status 'State that the listed jobs are in; `RUNNING` when neither this nor `filters` is given. Ignored beside `filters`, except those on `SHARE_IDENTIFIER` and `QUOTA_SHARE_NAME`. [one of SUBMITTED, PENDING, RUNNABLE, SCHEDULED, STARTING, RUNNING, SUCCEEDED, FAILED]'
            cand --max-results 'Most entries to return on one page, from 1 to 100; up to 100 when omitted.'
            cand --next-token 'Token from the previous page of the same listing, passed on unchanged to get the next page; omit it for the first page.'
            cand --filters 'One filter on `JOB_NAME` (any letter case, `*` allowed at the end), `BEFORE_CREATED_AT`, `AFTER_CREATED_AT` (milliseconds as text), `SHARE_IDENTIFIER` or `QUOTA_SHARE_NAME`. Newest jobs come first. [as in ''[{"name": "..."}]'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;list-tags-for-resource'= {
            cand --resource-arn 'ARN of the resource. Children of array jobs and nodes of multi-node jobs have no tags of their own. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;register-job-definition'= {
            cand --job-definition-name 'The name of the definition: 1 to 128 letters, digits, hyphens and underscores. Its first registration becomes revision 1, each later one the next number. [required]'
            cand --type 'The kind of job. `container` goes with one of `containerProperties`, `ecsProperties` and `eksProperties`; `multinode` goes with `nodeProperties` and is not available on Fargate. [one of container, multinode] [required]'
            cand --parameters 'Default values of the `Ref::name` placeholders in the command, all strings. Values given at submission replace those of the same name.'
            cand --scheduling-priority 'The priority of jobs in queues with a fair-share policy, `0` to `9999`; higher goes first. Without effect in other queues. A submission may override it.'
            cand --container-properties 'The container of a single-container job on ECS. Excludes `ecsProperties`, `eksProperties` and `nodeProperties`. [as in ''{"image": "..."}'']'
            cand --node-properties 'The nodes of a multi-node parallel job, required for type `multinode`. Excludes the other property members and is not available on Fargate. [as in ''{"numNodes": ..., "mainNode": ...}'']'
            cand --retry-strategy 'How failed jobs are retried. A strategy given at submission replaces it as a whole; without any, a job is tried once. [as in ''{"attempts": ...}'']'
            cand --timeout 'The time limit of an attempt. A timeout given at submission replaces it; without any, attempts may run without limit. [as in ''{"attemptDurationSeconds": ...}'']'
            cand --tags 'Tags for the job definition itself, at most 50, with keys of 1 to 128 and values of up to 256 characters. Keys and values must not start with `aws:`.'
            cand --platform-capabilities 'The platforms that the definition is for: `EC2`, `FARGATE` or `MANAGED_INSTANCES`. `EC2` when omitted. Must not be given for EKS. [one of EC2, FARGATE, MANAGED_INSTANCES]'
            cand --eks-properties 'The Kubernetes pod of a job on EKS. Excludes `containerProperties`, `ecsProperties` and `nodeProperties`. [as in ''{"podProperties": {"serviceAccountName": "..."}}'']'
            cand --ecs-properties 'The ECS task of a job with several containers. Excludes `containerProperties`, `eksProperties` and `nodeProperties`. [as in ''{"taskProperties": [{"containers": [{...}]}]}'']'
            cand --consumable-resource-properties 'The consumable resources that each job needs before it can start and holds while it runs. None when omitted. [as in ''{"consumableResourceList": [{"consumableResource": "..."}]}'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand --propagate-tags 'Whether the tags of job and definition are copied to the ECS task; `false` when omitted. More than 50 combined tags make the job fail. Must not be given for EKS.'
            cand --no-propagate-tags 'The opposite of --propagate-tags.'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;submit-job'= {
            cand --job-name 'Name of the job, at most 128 letters, digits, hyphens and underscores, beginning with a letter or digit. It need not be unique. [required]'
            cand --job-queue 'Name or ARN of the job queue to submit to. It must exist and be enabled. [required]'
            cand --share-identifier 'Share that the job counts towards, at most 255 characters. Required in a queue with fair-share scheduling, refused in one without.'
            cand --scheduling-priority-override 'Priority among jobs of the same share, from 0 to 9999, higher first, instead of that of the job definition. Only for queues with fair-share scheduling.'
            cand --array-properties 'Makes the submission an array job of 2 to 10,000 children. Omit it for a single job. [as in ''{"size": ...}'']'
            cand --depends-on 'What must succeed before the job may run, at most 20 entries. If any dependency fails, the job fails without running. [as in ''[{"jobId": "..."}]'']'
            cand --job-definition 'What to run: `NAME`, `NAME:REVISION`, or an ARN with or without revision. Without a revision, the latest active one is used. [required]'
            cand --parameters 'Values for the `Ref::NAME` placeholders in the command, over the defaults of the job definition. Defaults that are not named stay in force.'
            cand --container-overrides 'Changes to command, environment and resources for this run. For definitions with `containerProperties`; multi-node parallel jobs use `nodeOverrides`. [as in ''{"command": ["..."]}'']'
            cand --node-overrides 'Changes to the number of nodes and to node ranges for this run. For multi-node parallel jobs only; not for Fargate. [as in ''{"numNodes": ...}'']'
            cand --retry-strategy 'Retry rules for this job, replacing those of the job definition as a whole. With neither, the job is tried once. [as in ''{"attempts": ...}'']'
            cand --timeout 'Time limit for each attempt, at least 60 seconds, instead of that of the job definition. An attempt stopped by it is not retried. An array''s children each get it. [as in ''{"attemptDurationSeconds": ...}'']'
            cand --tags 'Tags to put on the job, at most 50, with keys up to 128 and values up to 256 characters.'
            cand --eks-properties-override 'Changes to the pod for this run. Only for job definitions with `eksProperties`. [as in ''{"podProperties": {"containers": [{...}]}}'']'
            cand --ecs-properties-override 'Changes to the task''s containers for this run. Only for job definitions with `ecsProperties`. [as in ''{"taskProperties": [{"containers": [{...}]}]}'']'
            cand --consumable-resource-properties-override 'Consumable resources the job needs, instead of those in the job definition. [as in ''{"consumableResourceList": [{"consumableResource": "..."}]}'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand --propagate-tags 'Whether to copy the tags of job and job definition to the task, where the job''s tags win; more than 50 fail the job. When omitted, the job definition decides. Not for EKS.'
            cand --no-propagate-tags 'The opposite of --propagate-tags.'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;submit-service-job'= {
            cand --job-name 'Name of the service job: 1 to 128 letters, digits, hyphens and underscores. It need not be unique. [required]'
            cand --job-queue 'Name or ARN of the job queue, whose type must be `SAGEMAKER_TRAINING`. [required]'
            cand --retry-strategy 'Retry rules for failed attempts; when omitted, no retries are asked for. [as in ''{"attempts": ...}'']'
            cand --scheduling-priority 'Priority within the job''s fair share or quota share, from 0 to 9999, higher first. It has no effect on a first-in, first-out queue.'
            cand --service-request-payload 'JSON text of the request to the target service: for `SAGEMAKER_TRAINING`, the parameters of SageMaker''s `CreateTrainingJob`. [required]'
            cand --service-job-type 'Kind of service job; must be `SAGEMAKER_TRAINING`. [one of SAGEMAKER_TRAINING] [required]'
            cand --share-identifier 'Fair-share identifier to count the job towards. Required on a queue with a fair-share policy, not allowed on any other.'
            cand --quota-share-name 'Name of the quota share to run the job in. Required on a queue with a quota-share policy, not applicable to any other.'
            cand --preemption-configuration 'How often the job may be preempted before it is given up. It applies to quota shares only; no limit when omitted. [as in ''{"preemptionRetriesBeforeTermination": ...}'']'
            cand --timeout-config 'Time limit for each attempt; when omitted, only limits in the payload itself apply. [as in ''{"attemptDurationSeconds": ...}'']'
            cand --tags 'Tags to attach to the service job: up to 50, with keys of 1 to 128 characters (not starting with `aws:`) and values of up to 256.'
            cand --client-token 'Token of 1 to 64 characters that marks repeats of this request, so that the job is submitted only once. Made up afresh when omitted. [made up if absent]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;tag-resource'= {
            cand --resource-arn 'ARN of the resource to tag. Children of array jobs and nodes of multi-node jobs cannot be tagged. [required]'
            cand --tags 'Tags to add, 1 to 50. A key that is already there gets the new value; all other tags stay. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;terminate-job'= {
            cand --job-id 'ID of the job. If it is `STARTING` or `RUNNING` it is stopped, if it waits it is cancelled; an array parent takes all its children along, `ID:INDEX` names one child. [required]'
            cand --reason 'Explanation kept with the job and shown as its status reason when it is described later; at most 1,024 characters. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;terminate-jobs'= {
            cand --jobs 'IDs of the jobs to terminate. Those in `STARTING` or `RUNNING` are stopped, waiting ones are cancelled; array parents take all their children along. [required]'
            cand --reason 'Explanation kept with every one of the jobs and shown as status reason when they are described later; at most 1,024 characters. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;terminate-service-job'= {
            cand --job-id 'ID of the service job to end. [required]'
            cand --reason 'Why the job is ended; shown as a status reason when the job is described. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;terminate-service-jobs'= {
            cand --jobs 'IDs of the service jobs to end. [required]'
            cand --reason 'Why the jobs are ended; shown as a status reason when one of them is described. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;untag-resource'= {
            cand --resource-arn 'ARN of the resource to remove tags from. [required]'
            cand --tag-keys 'Keys of the tags to remove, 1 to 50, in exact letter case. Keys that begin with `aws:` are refused. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;update-compute-environment'= {
            cand --compute-environment 'Name or ARN of the compute environment to change. [required]'
            cand --state 'New state: `ENABLED` to take jobs, `DISABLED` to place no more; jobs that have started go on. [one of ENABLED, DISABLED]'
            cand --unmanagedv-cpus 'New number of vCPUs you supply, used by fair-share scheduling to reserve capacity. Only for `UNMANAGED`.'
            cand --compute-resources 'Changes to the capacity. Only for `MANAGED`. [as in ''{"minvCpus": ...}'']'
            cand --service-role 'New IAM role, preferably as full ARN. The service-linked role cannot be exchanged for an ordinary one, nor the reverse.'
            cand --update-policy 'What happens to running jobs when this update replaces the infrastructure. [as in ''{"terminateJobsOnUpdate": true}'']'
            cand --context 'Reserved for the service.'
            cand --ecs-settings 'New ECS cluster settings. Does not apply to EKS. [as in ''{"containerInsights": "ENABLED"}'']'
            cand --eks-configuration 'Change to the EKS settings; only the access entry can change. [as in ''{"accessEntry": {"desiredState": "ENABLED"}}'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;update-consumable-resource'= {
            cand --consumable-resource 'Name or ARN of the consumable resource to change. [required]'
            cand --operation 'What to do with `quantity`: `SET` makes it the new total, `ADD` raises the total by it, `REMOVE` lowers the total by it.'
            cand --quantity 'New total or amount of the change, in units, depending on `operation`; 0 or more.'
            cand --client-token 'Token of 1 to 64 characters that marks repeats of this request, so that the change is made only once. Made up afresh when omitted. [made up if absent]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;update-job-queue'= {
            cand --job-queue 'Name or ARN of the job queue to change. [required]'
            cand --state 'New state: `ENABLED` to take jobs, `DISABLED` to refuse new ones; jobs in the queue can still finish. [one of ENABLED, DISABLED]'
            cand --scheduling-policy-arn 'ARN of the policy that replaces the present one. Only for queues created with a scheduling policy, which cannot be removed.'
            cand --priority 'New priority over other queues on the same environment; the higher number goes first.'
            cand --compute-environment-order 'New list of 1 to 3 compute environments, in place of the present one; all of one kind and one CPU architecture. [as in ''[{"order": ..., "computeEnvironment": "..."}]'']'
            cand --service-environment-order 'New list of service environments, in place of the present one; all of one type. [as in ''[{"order": ..., "serviceEnvironment": "..."}]'']'
            cand --job-state-time-limit-actions 'New rules for jobs that stay too long at the head of the queue, in place of the present ones. [as in ''[{"reason": "...", "state": "RUNNABLE"}]'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;update-quota-share'= {
            cand --quota-share-arn 'ARN of the quota share to change; a name is not enough. [required]'
            cand --capacity-limits 'Capacity that belongs to the share: one entry or more, each a number of instances of one type; unchanged when omitted. Lowering it can get jobs preempted that no longer fit. [as in ''[{"maxCapacity": ..., "capacityUnit": "..."}]'']'
            cand --resource-sharing-configuration 'Whether idle capacity of the share is kept, lent, or both lent and borrowed; unchanged when omitted. [as in ''{"strategy": "RESERVE"}'']'
            cand --preemption-configuration 'Whether jobs of the share may be stopped in favour of more urgent ones of the same share; unchanged when omitted. [as in ''{"inSharePreemption": "ENABLED"}'']'
            cand --state '`ENABLED` to accept jobs, `DISABLED` to refuse new ones while those already submitted go on; unchanged when omitted. [one of ENABLED, DISABLED]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;update-scheduling-policy'= {
            cand --arn 'ARN of the scheduling policy to change. [required]'
            cand --quota-share-policy 'New quota-share rules. Only for policies created with them. [as in ''{"idleResourceAssignmentStrategy": "FIFO"}'']'
            cand --fairshare-policy 'New fair-share rules. Only for fair-share policies. [as in ''{"shareDecaySeconds": ...}'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;update-service-environment'= {
            cand --service-environment 'Name or ARN of the service environment to change. [required]'
            cand --state '`ENABLED` to let queues run jobs in the environment, `DISABLED` to hold them back; unchanged when omitted. [one of ENABLED, DISABLED]'
            cand --capacity-limits 'New limits on the capacity in use, one entry per unit, which replace the old list; unchanged when omitted. [as in ''[{"maxCapacity": ...}]'']'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'kiln;update-service-job'= {
            cand --job-id 'ID of the service job to change. [required]'
            cand --scheduling-priority 'New priority within the job''s share, from 0 to 9999, higher first. It matters only on a queue with a fair-share or quota-share policy. [required]'
            cand --cli-input-json 'The whole input as a JSON object. Flags replace the members that they name.'
            cand --region 'The region to work in. [default: AWS_REGION, else AWS_DEFAULT_REGION, else us-east-1]'
            cand --home 'The home of the engine. [default: KILN_HOME]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
    ]
    $completions[$command]
}
