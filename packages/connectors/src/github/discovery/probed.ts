/** Parts of a repository that a probe looks at, each of which a credential may be closed to. */
export const sections = {
  pullRequests: {
    arguments: 'first: 10, orderBy: {field: UPDATED_AT, direction: DESC}',
    fields: 'id updatedAt',
  },
  issues: {
    arguments: 'first: 10, orderBy: {field: UPDATED_AT, direction: DESC}',
    fields: 'id updatedAt',
  },
  releases: {
    arguments: 'first: 5, orderBy: {field: CREATED_AT, direction: DESC}',
    fields: 'id updatedAt createdAt',
  },
  deployments: {
    arguments: 'first: 10, orderBy: {field: CREATED_AT, direction: DESC}',
    fields: 'id updatedAt createdAt',
  },
} as const;

export type SectionName = keyof typeof sections;

export const sectionNames: readonly SectionName[] = [
  'pullRequests',
  'issues',
  'releases',
  'deployments',
];

/** Lists of an organization, each of which a credential may be closed to. */
export const peopleFields = ['membersWithRole', 'teams'] as const;

export interface ProbedSection {
  totalCount: number;
  /** The newest ones, in the section's order; empty also where GitHub gave the total alone. */
  newest: readonly {
    id: string;
    updatedAt?: string | null | undefined;
    createdAt?: string | null | undefined;
  }[];
}

/** What one request told of a repository. */
export interface ProbedRepository {
  nodeId: string;
  /** The numeric id, as text. */
  id: string;
  name: string;
  fullName: string;
  url: string | null;
  defaultBranch: string | null;
  /** Null where there is no commit yet. */
  headSha: string | null;
  mergeStyle: 'merge' | 'squash' | 'linear' | 'mixed' | null;
  /** One that is absent is denied, or GitHub could not say: then what is in it is unknown. */
  sections: Partial<Record<SectionName, ProbedSection>>;
  denied: ReadonlySet<SectionName>;
  serverNow: number;
}

export interface ProbedOrganization {
  nodeId: string;
  id: string;
  login: string;
  /** Null where the credential may not see them, or GitHub could not say. */
  members: number | null;
  teams: number | null;
  /** Fields that the credential may not see. */
  denied: ReadonlySet<string>;
}

/** GitHub could not say, however often asked, whether it is there. */
export type Unreadable = 'unreadable';
