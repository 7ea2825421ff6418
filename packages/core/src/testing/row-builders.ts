import type {
  AccountGroup,
  AccountGroupMember,
  ChatChannel,
  ChatThread,
  Commit,
  Deployment,
  Incident,
  PipelineRun,
  PullRequest,
  PullRequestEvent,
  Release,
  RepositoryOwner,
  Sprint,
  WorkItem,
} from '../domain.ts';

const at = Date.UTC(2026, 8, 8, 9);
const source = 'example';
const repositoryExternalId = 'acme/widgets';

/** Returns a merged pull request with whatever is given in place of the defaults. */
export function buildPullRequest(fields: Partial<PullRequest> = {}): PullRequest {
  return {
    source,
    externalId: 'acme/widgets#1',
    repositoryExternalId,
    number: 1,
    title: 'Add a widget',
    state: 'merged',
    originalState: null,
    isDraft: false,
    authorAccountExternalId: null,
    openedAt: at,
    readyAt: null,
    mergedAt: at + 3_600_000,
    closedAt: null,
    updatedAt: null,
    firstCommitAt: null,
    mergeSha: 'merge-sha',
    headSha: null,
    baseRef: 'main',
    headRef: 'widget',
    additions: null,
    deletions: null,
    mergeMethod: 'merge',
    labels: [],
    changedFiles: null,
    mergedByAccountExternalId: null,
    revertsNumber: null,
    ...fields,
  };
}

/** Returns an approving review with whatever is given in place of the defaults. */
export function buildPullRequestEvent(fields: Partial<PullRequestEvent> = {}): PullRequestEvent {
  return {
    source,
    externalId: 'event-1',
    pullRequestExternalId: 'acme/widgets#1',
    kind: 'review',
    state: 'approved',
    actorAccountExternalId: null,
    subjectAccountExternalId: null,
    at,
    ...fields,
  };
}

/** Returns a group of accounts with whatever is given in place of the defaults. */
export function buildAccountGroup(fields: Partial<AccountGroup> = {}): AccountGroup {
  return {
    source,
    externalId: 'group-1',
    name: 'Platform',
    slug: 'acme/platform',
    parentExternalId: null,
    ...fields,
  };
}

/** Returns a member of such a group with whatever is given in place of the defaults. */
export function buildAccountGroupMember(
  fields: Partial<AccountGroupMember> = {},
): AccountGroupMember {
  return {
    source,
    groupExternalId: 'group-1',
    accountExternalId: 'account-1',
    role: 'member',
    ...fields,
  };
}

/** Returns an owner that a repository names with whatever is given in place of the defaults. */
export function buildRepositoryOwner(fields: Partial<RepositoryOwner> = {}): RepositoryOwner {
  return {
    source,
    repositoryExternalId,
    position: 0,
    pattern: '*',
    owner: '@acme/platform',
    ...fields,
  };
}

/** Returns a commit with whatever is given in place of the defaults. */
export function buildCommit(fields: Partial<Commit> = {}): Commit {
  return {
    source,
    repositoryExternalId,
    sha: 'commit-sha',
    authorAccountExternalId: null,
    committerAccountExternalId: null,
    authoredAt: at,
    committedAt: at,
    subject: 'Add a widget',
    parentCount: 1,
    isRevert: false,
    revertsSha: null,
    ...fields,
  };
}

/** Returns a successful deployment with whatever is given in place of the defaults. */
export function buildDeployment(fields: Partial<Deployment> = {}): Deployment {
  return {
    source,
    externalId: 'deployment-1',
    repositoryExternalId,
    serviceKey: null,
    environment: 'production',
    result: 'success',
    originalResult: null,
    kind: 'planned',
    sha: 'merge-sha',
    previousExternalId: null,
    queuedAt: null,
    startedAt: null,
    finishedAt: at,
    origin: 'deployment',
    ...fields,
  };
}

/** Returns a release with whatever is given in place of the defaults. */
export function buildRelease(fields: Partial<Release> = {}): Release {
  return {
    source,
    externalId: 'v1.0.0',
    repositoryExternalId,
    name: 'v1.0.0',
    sha: 'merge-sha',
    releasedAt: at,
    ...fields,
  };
}

/** Returns a work item with whatever is given in place of the defaults. */
export function buildWorkItem(fields: Partial<WorkItem> = {}): WorkItem {
  return {
    source,
    externalId: '10001',
    key: 'WID-1',
    title: 'Widgets wobble',
    kind: 'bug',
    originalType: 'Bug',
    statusCategory: 'in_progress',
    originalStatus: 'In Review',
    points: 3,
    parentExternalId: null,
    assigneeAccountExternalId: null,
    sprintExternalId: null,
    createdAt: at,
    startedAt: at,
    doneAt: null,
    dueDay: null,
    ...fields,
  };
}

/** Returns a sprint with whatever is given in place of the defaults. */
export function buildSprint(fields: Partial<Sprint> = {}): Sprint {
  return {
    source,
    externalId: '7',
    name: 'Sprint 7',
    state: 'active',
    startedAt: at,
    plannedEndAt: at + 14 * 86_400_000,
    completedAt: null,
    ...fields,
  };
}

/** Returns a pipeline run with whatever is given in place of the defaults. */
export function buildPipelineRun(fields: Partial<PipelineRun> = {}): PipelineRun {
  return {
    source,
    externalId: 'run-1',
    repositoryExternalId,
    name: 'build',
    result: 'success',
    originalResult: null,
    sha: 'commit-sha',
    branch: null,
    queuedAt: at,
    startedAt: at,
    finishedAt: at + 60_000,
    ...fields,
  };
}

/** Returns an incident with whatever is given in place of the defaults. */
export function buildIncident(fields: Partial<Incident> = {}): Incident {
  return {
    source,
    externalId: 'incident-1',
    title: 'Widgets are down',
    serviceKey: null,
    severity: null,
    isExternal: false,
    createdAt: at,
    acknowledgedAt: null,
    resolvedAt: null,
    url: null,
    assigneeAccountExternalIds: null,
    ...fields,
  };
}

/** Returns a channel with whatever is given in place of the defaults. */
export function buildChatChannel(fields: Partial<ChatChannel> = {}): ChatChannel {
  return {
    source,
    externalId: 'channel-1',
    name: 'widgets',
    kind: 'public',
    memberCount: 5,
    isExternal: false,
    isArchived: false,
    ...fields,
  };
}

/** Returns a question that nobody has answered, with whatever is given in place of the defaults. */
export function buildChatThread(fields: Partial<ChatThread> = {}): ChatThread {
  return {
    source,
    externalId: 'channel-1:1',
    channelExternalId: 'channel-1',
    authorAccountExternalId: 'ada',
    startedAt: at,
    asks: true,
    namesBlocker: false,
    mentionedAccounts: [],
    mentionedGroups: [],
    mentionsEverybody: false,
    replyCount: 0,
    firstReplyAt: null,
    firstReplyByAccountExternalId: null,
    lastReplyAt: null,
    lastReplyByAccountExternalId: null,
    isMarkedDone: false,
    url: null,
    ...fields,
  };
}
