import type {
  Account,
  AccountGroup,
  AccountGroupMember,
  AiEvidence,
  AiUsageDay,
  ChatChannel,
  ChatThread,
  Commit,
  CommitParent,
  Deployment,
  Document,
  DeploymentChange,
  IdentityMapping,
  Incident,
  IncidentDeployment,
  IncidentEvent,
  PipelineJob,
  PipelineRun,
  PullRequest,
  PullRequestCommit,
  PullRequestEvent,
  PullRequestFile,
  PullRequestWorkItem,
  Release,
  ReleaseCommit,
  Repository,
  RepositoryOwner,
  Sprint,
  WorkItem,
  WorkItemChange,
  WorkItemLink,
} from '../domain.ts';

/** The rows that one source record stands for, by table. Source columns are filled in by the runner. */
export interface DomainRows {
  accounts?: readonly Account[];
  accountGroups?: readonly AccountGroup[];
  accountGroupMembers?: readonly AccountGroupMember[];
  identityMappings?: readonly IdentityMapping[];
  repositories?: readonly Repository[];
  repositoryOwners?: readonly RepositoryOwner[];
  commits?: readonly Commit[];
  commitParents?: readonly CommitParent[];
  pullRequests?: readonly PullRequest[];
  pullRequestCommits?: readonly PullRequestCommit[];
  pullRequestEvents?: readonly PullRequestEvent[];
  pullRequestFiles?: readonly PullRequestFile[];
  pullRequestWorkItems?: readonly PullRequestWorkItem[];
  documents?: readonly Document[];
  workItems?: readonly WorkItem[];
  workItemChanges?: readonly WorkItemChange[];
  workItemLinks?: readonly WorkItemLink[];
  sprints?: readonly Sprint[];
  pipelineRuns?: readonly PipelineRun[];
  pipelineJobs?: readonly PipelineJob[];
  releases?: readonly Release[];
  releaseCommits?: readonly ReleaseCommit[];
  deployments?: readonly Deployment[];
  deploymentChanges?: readonly DeploymentChange[];
  incidents?: readonly Incident[];
  incidentDeployments?: readonly IncidentDeployment[];
  incidentEvents?: readonly IncidentEvent[];
  chatChannels?: readonly ChatChannel[];
  chatThreads?: readonly ChatThread[];
  aiEvidence?: readonly AiEvidence[];
  aiUsageDays?: readonly AiUsageDay[];
}
