import type { TwinCopilot } from './copilot.ts';
import type { TwinHook } from './hooks.ts';

/** What the twin holds. Instants are epoch milliseconds; ids are GitHub's numeric ones. */

export interface TwinActor {
  type: 'User' | 'Bot' | 'Mannequin';
  id: number;
  login: string;
  name: string | null;
  /** The public address; null where the profile hides it. */
  email: string | null;
  /** Addresses of the organisation's domains, which GitHub has verified. */
  verifiedEmails: readonly string[];
  createdAt: number;
}

export interface TwinTeam {
  type: 'Team';
  id: number;
  organization: TwinOrganization;
  slug: string;
  name: string;
  description: string | null;
  parent: TwinTeam | null;
  members: { actor: TwinActor; role: 'MAINTAINER' | 'MEMBER' }[];
  repositories: TwinRepository[];
  createdAt: number;
}

export interface TwinOrganization {
  type: 'Organization';
  id: number;
  login: string;
  name: string | null;
  members: { actor: TwinActor; role: 'ADMIN' | 'MEMBER' }[];
  teams: TwinTeam[];
  copilot: TwinCopilot | null;
  createdAt: number;
}

export interface TwinGitPerson {
  name: string;
  email: string;
  at: number;
  /** The account that GitHub links to the address, where there is one. */
  actor: TwinActor | null;
}

export interface TwinCommit {
  type: 'Commit';
  repository: TwinRepository;
  oid: string;
  message: string;
  author: TwinGitPerson;
  committer: TwinGitPerson;
  parents: readonly string[];
  additions: number;
  deletions: number;
  changedFiles: number;
  /** What ran on it. */
  checks: TwinCheck[];
  /** Its files by path; null where the twin knows only what the commit says. */
  tree: TwinTree | null;
}

/** Files by path, as text. */
export type TwinTree = ReadonlyMap<string, string>;

/** A run of a check (`CheckRun`), or what an outside system said of a commit (`StatusContext`). */
export interface TwinCheck {
  type: 'CheckRun' | 'StatusContext';
  id: number;
  name: string;
  /** `SUCCESS`, `FAILURE` and so on; `IN_PROGRESS`, `QUEUED` or `PENDING` where it is not over. */
  state: string;
  isRequired: boolean;
}

/** What a pull request does to one file. */
export interface TwinChangedFile {
  path: string;
  changeType: 'ADDED' | 'CHANGED' | 'COPIED' | 'DELETED' | 'MODIFIED' | 'RENAMED';
  additions: number;
  deletions: number;
}

export interface TwinLabel {
  type: 'Label';
  id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface TwinMilestone {
  type: 'Milestone';
  id: number;
  number: number;
  repository: TwinRepository;
  title: string;
  dueOn: number | null;
}

export type TwinReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
export type TwinReviewer = TwinActor | TwinTeam;
export type TwinSubject = TwinPullRequest | TwinIssue;

export interface TwinReview {
  type: 'PullRequestReview';
  id: number;
  pullRequest: TwinPullRequest;
  author: TwinActor | null;
  state: TwinReviewState;
  body: string;
  submittedAt: number;
  updatedAt: number;
  commit: TwinCommit | null;
  /** How many remarks on lines it carries. */
  commentCount: number;
}

export interface TwinReviewRequest {
  type: 'ReviewRequest';
  id: number;
  pullRequest: TwinPullRequest;
  reviewer: TwinReviewer | null;
  asCodeOwner: boolean;
}

export interface TwinComment {
  type: 'IssueComment';
  id: number;
  subject: TwinSubject;
  author: TwinActor | null;
  body: string;
  at: number;
  updatedAt: number;
}

/** What each kind of event on a timeline carries beside its actor and instant. */
export interface TwinEventDetails {
  AddedToMergeQueueEvent: object;
  AssignedEvent: { assignee: TwinActor | null };
  BaseRefChangedEvent: { currentRefName: string; previousRefName: string };
  ClosedEvent: { stateReason: string | null };
  ConnectedEvent: { source: TwinSubject };
  ConvertToDraftEvent: object;
  DemilestonedEvent: { milestoneTitle: string };
  CrossReferencedEvent: { source: TwinSubject; willCloseTarget: boolean };
  DisconnectedEvent: { source: TwinSubject };
  HeadRefDeletedEvent: { headRefName: string };
  HeadRefForcePushedEvent: { beforeCommit: TwinCommit | null; afterCommit: TwinCommit | null };
  LabeledEvent: { label: TwinLabel };
  MergedEvent: { commit: TwinCommit | null; mergeRefName: string };
  MilestonedEvent: { milestoneTitle: string };
  ReadyForReviewEvent: object;
  RemovedFromMergeQueueEvent: { reason: string | null };
  RenamedTitleEvent: { previousTitle: string; currentTitle: string };
  ReopenedEvent: { stateReason: string | null };
  ReviewDismissedEvent: {
    review: TwinReview | null;
    previousReviewState: TwinReviewState;
    dismissalMessage: string | null;
  };
  ReviewRequestRemovedEvent: { requestedReviewer: TwinReviewer | null };
  ReviewRequestedEvent: { requestedReviewer: TwinReviewer | null };
  UnassignedEvent: { assignee: TwinActor | null };
  UnlabeledEvent: { label: TwinLabel };
}

export type TwinEventType = keyof TwinEventDetails;

export interface TwinEventBase {
  id: number;
  at: number;
  actor: TwinActor | null;
  subject: TwinSubject;
}

export type TwinEventOf<Type extends TwinEventType> = TwinEventBase & {
  type: Type;
} & TwinEventDetails[Type];

export type TwinEvent = { [Type in TwinEventType]: TwinEventOf<Type> }[TwinEventType];

interface TwinThread {
  id: number;
  number: number;
  repository: TwinRepository;
  title: string;
  body: string;
  author: TwinActor | null;
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  labels: TwinLabel[];
  milestone: TwinMilestone | null;
  assignees: TwinActor[];
  comments: TwinComment[];
  events: TwinEvent[];
}

export interface TwinPullRequest extends TwinThread {
  type: 'PullRequest';
  state: 'OPEN' | 'CLOSED' | 'MERGED';
  isDraft: boolean;
  mergedAt: number | null;
  mergedBy: TwinActor | null;
  mergeCommit: TwinCommit | null;
  headRefName: string;
  baseRefName: string;
  baseRefOid: string;
  additions: number;
  deletions: number;
  changedFiles: number;
  commits: TwinCommit[];
  /** Null where the twin knows only how many. */
  files: TwinChangedFile[] | null;
  hasConflicts: boolean;
  reviews: TwinReview[];
  reviewRequests: TwinReviewRequest[];
  closingIssues: TwinIssue[];
}

export interface TwinIssue extends TwinThread {
  type: 'Issue';
  state: 'OPEN' | 'CLOSED';
  stateReason: 'COMPLETED' | 'NOT_PLANNED' | 'REOPENED' | null;
  /** The issue that it is a part of. */
  parent: TwinIssue | null;
}

export interface TwinTag {
  name: string;
  commit: TwinCommit;
  /** Set on an annotated tag. */
  tagger: TwinGitPerson | null;
  message: string | null;
}

export interface TwinRelease {
  type: 'Release';
  id: number;
  repository: TwinRepository;
  tag: TwinTag;
  name: string | null;
  description: string | null;
  author: TwinActor | null;
  isDraft: boolean;
  isPrerelease: boolean;
  createdAt: number;
  publishedAt: number | null;
}

export interface TwinDeploymentStatus {
  type: 'DeploymentStatus';
  id: number;
  deployment: TwinDeployment;
  state: 'ERROR' | 'FAILURE' | 'INACTIVE' | 'IN_PROGRESS' | 'PENDING' | 'QUEUED' | 'SUCCESS';
  creator: TwinActor;
  description: string | null;
  at: number;
}

export interface TwinDeployment {
  type: 'Deployment';
  id: number;
  repository: TwinRepository;
  environment: string;
  commit: TwinCommit;
  /** The name that was deployed: a branch, a tag or a commit. */
  refName: string | null;
  task: string;
  creator: TwinActor;
  createdAt: number;
  updatedAt: number;
  statuses: TwinDeploymentStatus[];
}

export interface TwinWorkflow {
  id: number;
  name: string;
  path: string;
  state: 'active' | 'disabled_manually';
  createdAt: number;
  runs: TwinWorkflowRun[];
}

/** A job of one attempt at a run. */
export interface TwinWorkflowJob {
  attempt: number;
  name: string;
  conclusion: 'success' | 'failure' | 'cancelled' | 'skipped';
  startedAt: number;
  completedAt: number;
}

export interface TwinWorkflowRun {
  id: number;
  number: number;
  attempt: number;
  event: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'cancelled' | 'skipped' | null;
  headBranch: string | null;
  /** Somebody's copy that the branch is of, null where it is gone; the repository itself unless told. */
  headCopy?: { id: number; owner: string } | null;
  headSha: string;
  actor: TwinActor;
  /** Who started the present attempt; whoever started the run unless told. */
  triggeringActor?: TwinActor;
  /** Its jobs in all attempts; made up from how the run ended unless told. */
  jobs?: TwinWorkflowJob[];
  createdAt: number;
  startedAt: number;
  updatedAt: number;
}

export interface TwinRepository {
  type: 'Repository';
  id: number;
  owner: TwinOrganization;
  name: string;
  /** Names it had before, each with its owner of then (`acme/widgets`); REST redirects from them. */
  formerNames: string[];
  description: string | null;
  isPrivate: boolean;
  isArchived: boolean;
  isFork: boolean;
  /** False when the token may no longer see it. */
  isAccessible: boolean;
  defaultBranch: string;
  mergeMethods: { merge: boolean; squash: boolean; rebase: boolean };
  createdAt: number;
  updatedAt: number;
  pushedAt: number;
  pullRequests: Map<number, TwinPullRequest>;
  issues: Map<number, TwinIssue>;
  labels: TwinLabel[];
  milestones: TwinMilestone[];
  commits: Map<string, TwinCommit>;
  /** The commit that the default branch names. */
  headOid: string | null;
  tags: TwinTag[];
  releases: TwinRelease[];
  deployments: TwinDeployment[];
  workflows: TwinWorkflow[];
  /** Files of the default branch by path, as text. */
  files: Map<string, string>;
  /** Commits that further branches name; the default branch names `headOid`. */
  branches: Map<string, string>;
  /** Names of branches that a rule protects. */
  protectedBranches: Set<string>;
  /** Where it sends webhooks. */
  hooks: TwinHook[];
  /** Trees that were made or read, by their name. */
  trees: Map<string, TwinTree>;
}
