import { z } from 'zod';

const contextFields = `pageInfo { hasNextPage endCursor } nodes {
  kind: __typename
  ... on CheckRun { name status conclusion isRequired(pullRequestNumber: $number) }
  ... on StatusContext { context state isRequired(pullRequestNumber: $number) }
}`;

/** What a decision on a merge needs, of one pull request. */
export const mergeViewDocument = `query MergeView(
  $owner: String!, $name: String!, $number: Int!, $filesAfter: String, $checksAfter: String
) {
  rateLimit { cost limit remaining resetAt }
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId nameWithOwner isPrivate visibility isArchived
    mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    pullRequest(number: $number) {
      id fullDatabaseId number title state isDraft url
      baseRefName headRefName headRefOid mergeable reviewDecision
      additions deletions changedFiles
      headRepositoryOwner { login }
      author { login ... on User { databaseId } ... on Bot { databaseId } }
      assignees(first: 20) { nodes { login } }
      reviewRequests(first: 50) { nodes { requestedReviewer {
        ... on User { login } ... on Bot { login } ... on Team { slug organization { login } }
      } } }
      latestReviews(first: 50) { nodes { state author { login } } }
      files(first: 100, after: $filesAfter) {
        pageInfo { hasNextPage endCursor }
        nodes { path changeType }
      }
      commits(last: 1) { totalCount nodes { commit {
        oid
        statusCheckRollup { contexts(first: 100, after: $checksAfter) { ${contextFields} } }
      } } }
    }
  }
}`;

const pageInfoSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });
const checkSchema = z.union([
  z.object({
    kind: z.literal('CheckRun'),
    name: z.string(),
    status: z.string(),
    conclusion: z.string().nullish(),
    isRequired: z.boolean(),
  }),
  z.object({
    kind: z.literal('StatusContext'),
    context: z.string(),
    state: z.string(),
    isRequired: z.boolean(),
  }),
]);
export type MergeViewCheck = z.infer<typeof checkSchema>;

const reviewerSchema = z.object({
  login: z.string().nullish(),
  slug: z.string().nullish(),
  organization: z.object({ login: z.string() }).nullish(),
});

const pullRequestSchema = z.object({
  id: z.string(),
  fullDatabaseId: z.union([z.string(), z.number()]).nullish(),
  number: z.number(),
  title: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  url: z.string(),
  baseRefName: z.string(),
  headRefName: z.string(),
  headRefOid: z.string(),
  mergeable: z.string(),
  reviewDecision: z.string().nullish(),
  additions: z.number(),
  deletions: z.number(),
  changedFiles: z.number(),
  headRepositoryOwner: z.object({ login: z.string() }).nullish(),
  author: z.object({ login: z.string(), databaseId: z.number().nullish() }).nullish(),
  assignees: z.object({ nodes: z.array(z.object({ login: z.string() })) }),
  reviewRequests: z
    .object({ nodes: z.array(z.object({ requestedReviewer: reviewerSchema.nullish() })) })
    .nullish(),
  latestReviews: z
    .object({
      nodes: z.array(
        z.object({ state: z.string(), author: z.object({ login: z.string() }).nullish() }),
      ),
    })
    .nullish(),
  files: z
    .object({
      pageInfo: pageInfoSchema,
      nodes: z.array(z.object({ path: z.string(), changeType: z.string() })),
    })
    .nullish(),
  commits: z.object({
    totalCount: z.number(),
    nodes: z.array(
      z.object({
        commit: z.object({
          oid: z.string(),
          statusCheckRollup: z
            .object({
              contexts: z.object({ pageInfo: pageInfoSchema, nodes: z.array(checkSchema) }),
            })
            .nullish(),
        }),
      }),
    ),
  }),
});

/** The answer to the document. */
export const mergeViewSchema = z.object({
  repository: z
    .object({
      databaseId: z.number(),
      nameWithOwner: z.string(),
      isPrivate: z.boolean(),
      visibility: z.string(),
      isArchived: z.boolean(),
      mergeCommitAllowed: z.boolean(),
      squashMergeAllowed: z.boolean(),
      rebaseMergeAllowed: z.boolean(),
      pullRequest: pullRequestSchema.nullish(),
    })
    .nullish(),
});
export type MergeViewAnswer = z.infer<typeof mergeViewSchema>;
export type MergeViewPullRequest = z.infer<typeof pullRequestSchema>;
