import type { Identifiers } from './identifiers.ts';
import { longAgo } from './people.ts';
import type {
  TwinActor,
  TwinCommit,
  TwinGitPerson,
  TwinLabel,
  TwinMilestone,
  TwinOrganization,
  TwinRelease,
  TwinRepository,
  TwinTag,
  TwinTree,
  TwinCheck,
} from './records.ts';

/** What a new commit may say; everything but the instant has a default. */
export interface NewCommit {
  at: number;
  oid?: string;
  message?: string;
  /** The account that wrote it; its name and address are made from the login. */
  by?: TwinActor;
  author?: TwinGitPerson;
  committer?: TwinGitPerson;
  parents?: readonly string[];
  additions?: number;
  deletions?: number;
  changedFiles?: number;
  tree?: TwinTree;
}

export interface NewRelease extends Partial<Omit<TwinRelease, 'repository' | 'tag' | 'type'>> {
  tag: TwinTag;
  createdAt: number;
}

function gitPerson(actor: TwinActor | undefined, at: number): TwinGitPerson {
  if (actor === undefined) return { name: 'Nobody', email: 'nobody@example.com', at, actor: null };
  const email = actor.email ?? `${actor.id}+${actor.login}@users.noreply.github.com`;
  return { name: actor.name ?? actor.login, email, at, actor };
}

/** Returns the repositories with what git knows, and the ways in which that changes. */
export function createCodeData(identifiers: Identifiers) {
  const repositories: TwinRepository[] = [];
  return {
    repositories,
    addRepository(
      owner: TwinOrganization,
      repository: Pick<TwinRepository, 'name'> & Partial<TwinRepository>,
    ): TwinRepository {
      const createdAt = repository.createdAt ?? longAgo;
      const added: TwinRepository = {
        type: 'Repository',
        id: identifiers.next(),
        owner,
        formerNames: [],
        description: null,
        isPrivate: true,
        isArchived: false,
        isFork: false,
        isAccessible: true,
        defaultBranch: 'main',
        mergeMethods: { merge: true, squash: true, rebase: true },
        updatedAt: createdAt,
        pushedAt: createdAt,
        createdAt,
        pullRequests: new Map(),
        issues: new Map(),
        labels: [],
        milestones: [],
        commits: new Map(),
        headOid: null,
        tags: [],
        releases: [],
        deployments: [],
        workflows: [],
        files: new Map(),
        branches: new Map(),
        protectedBranches: new Set(),
        trees: new Map(),
        hooks: [],
        ...repository,
      };
      repositories.push(added);
      return added;
    },
    addCommit(repository: TwinRepository, commit: NewCommit): TwinCommit {
      const author = commit.author ?? gitPerson(commit.by, commit.at);
      const added: TwinCommit = {
        type: 'Commit',
        repository,
        oid: commit.oid ?? identifiers.commitName(),
        message: commit.message ?? 'Change something',
        author,
        committer: commit.committer ?? { ...author, at: commit.at },
        parents: commit.parents ?? [],
        additions: commit.additions ?? 10,
        deletions: commit.deletions ?? 2,
        changedFiles: commit.changedFiles ?? 1,
        checks: [],
        tree: commit.tree ?? null,
      };
      repository.commits.set(added.oid, added);
      return added;
    },
    /** Says how a check of a commit stands; a check of the same name is replaced. */
    setCheck(
      commit: TwinCommit,
      check: Pick<TwinCheck, 'name' | 'state'> & Partial<TwinCheck>,
    ): TwinCheck {
      const set: TwinCheck = {
        type: 'CheckRun',
        id: identifiers.next(),
        isRequired: false,
        ...check,
      };
      commit.checks = [...commit.checks.filter(({ name }) => name !== check.name), set];
      return set;
    },
    addLabel(repository: TwinRepository, name: string): TwinLabel {
      const known = repository.labels.find((label) => label.name === name);
      if (known !== undefined) return known;
      const added: TwinLabel = {
        type: 'Label',
        id: identifiers.next(),
        name,
        color: 'ededed',
        description: null,
      };
      repository.labels.push(added);
      return added;
    },
    addMilestone(
      repository: TwinRepository,
      milestone: Pick<TwinMilestone, 'title'> & { dueOn?: number | null },
    ): TwinMilestone {
      const { title, dueOn = null } = milestone;
      const added: TwinMilestone = {
        type: 'Milestone',
        id: identifiers.next(),
        number: repository.milestones.length + 1,
        repository,
        title,
        dueOn,
      };
      repository.milestones.push(added);
      return added;
    },
    addTag(
      repository: TwinRepository,
      name: string,
      commit: TwinCommit,
      tagger: TwinGitPerson | null = null,
    ): TwinTag {
      const added = { name, commit, tagger, message: tagger === null ? null : `${name}\n` };
      repository.tags.push(added);
      return added;
    },
    addRelease(repository: TwinRepository, release: NewRelease): TwinRelease {
      const added: TwinRelease = {
        id: identifiers.next(),
        name: release.tag.name,
        description: null,
        author: null,
        isDraft: false,
        isPrerelease: false,
        publishedAt: release.createdAt,
        ...release,
        type: 'Release',
        repository,
      };
      repository.releases.push(added);
      return added;
    },
    /** REST answers the former name with a redirect, GraphQL finds the repository by it. */
    renameRepository(repository: TwinRepository, name: string): void {
      repository.formerNames.push(`${repository.owner.login}/${repository.name}`);
      repository.name = name;
    },
    /** Gives it to another organization; its former place leads to it as after a rename. */
    transferRepository(repository: TwinRepository, owner: TwinOrganization): void {
      repository.formerNames.push(`${repository.owner.login}/${repository.name}`);
      repository.owner = owner;
    },
    /** Makes a repository look to the token as if it were not there, or visible again. */
    setAccess(repository: TwinRepository, isAccessible: boolean): void {
      repository.isAccessible = isAccessible;
    },
  };
}
