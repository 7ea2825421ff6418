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

export interface ProbedSection {
  totalCount: number;
  /** The newest ones, in the section's order. */
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
  /** A section that could not be read is absent. */
  sections: Partial<Record<SectionName, ProbedSection>>;
  denied: ReadonlySet<SectionName>;
  serverNow: number;
}

export interface ProbedOrganization {
  nodeId: string;
  id: string;
  login: string;
  /** Null where the credential may not see them. */
  members: number | null;
  teams: number | null;
}
