import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  ancestorsOf,
  branchHead,
  keepTree,
  mergedTree,
  setBranch,
  treeName,
} from '../../data/git-objects.ts';
import type { TwinCommit, TwinRepository } from '../../data/records.ts';
import { errorAnswer } from '../../http/answer.ts';
import { notFoundAnswer, type RestRequest } from '../request.ts';
import { onWrite, validationAnswer } from './write-handler.ts';
import { gitCommitOf, refOf } from '../git-routes.ts';

const oidSchema = z.string().regex(/^[0-9a-f]{40}$/);
const personSchema = z.object({
  name: z.string(),
  email: z.string(),
  date: z.iso.datetime({ offset: true }).optional(),
});

/** `POST …/git/commits`: the same words make the same commit. */
export const createCommit = onWrite(
  z.object({
    message: z.string(),
    tree: oidSchema,
    parents: z.array(oidSchema).optional(),
    author: personSchema.optional(),
    committer: personSchema.optional(),
  }),
  ({ request, repository, body }) => {
    const tree = repository.trees.get(body.tree);
    const { parents = [] } = body;
    if (tree === undefined) return validationAnswer('Tree SHA does not exist');
    if (parents.some((oid) => !repository.commits.has(oid))) {
      return validationAnswer('Parent SHA does not exist or is not a commit object');
    }
    const { data, now, writer, places } = request;
    const personOf = (given: z.infer<typeof personSchema> | undefined) => {
      const at = given?.date === undefined ? now : Date.parse(given.date);
      return given === undefined
        ? { name: writer().login, email: `${writer().login}@example.com`, at, actor: writer() }
        : { name: given.name, email: given.email, at, actor: null };
    };
    const author = personOf(body.author);
    const committer = body.committer === undefined ? author : personOf(body.committer);
    const words = [body.message, body.tree, parents, [author.name, author.at], committer.at];
    const oid = createHash('sha1').update(JSON.stringify(words)).digest('hex');
    const commit =
      repository.commits.get(oid) ??
      data.addCommit(repository, {
        oid,
        at: committer.at,
        message: body.message,
        author,
        committer,
        parents,
        tree,
      });
    return { status: 201, body: gitCommitOf(commit, places) };
  },
);

const blobSchema = z.object({
  path: z.string().min(1),
  mode: z.enum(['100644', '100755', '040000', '160000', '120000']).optional(),
  type: z.enum(['blob', 'tree', 'commit']).optional(),
  content: z.string().optional(),
  sha: z.null().optional(),
});

/** `POST …/git/trees`, of texts alone. */
export const createTree = onWrite(
  z.object({ base_tree: oidSchema.optional(), tree: z.array(blobSchema) }),
  ({ repository, body }) => {
    const base = body.base_tree === undefined ? new Map() : repository.trees.get(body.base_tree);
    if (base === undefined) return notFoundAnswer();
    const made = new Map<string, string>(base);
    for (const { path, content, sha } of body.tree) {
      if (sha === null) made.delete(path);
      else made.set(path, content ?? '');
    }
    return { status: 201, body: { sha: keepTree(repository, made), truncated: false, tree: [] } };
  },
);

/** `POST …/git/refs` */
export const createRef = onWrite(
  z.object({ ref: z.string(), sha: oidSchema }),
  ({ request, repository, body }) => {
    const branch = /^refs\/heads\/(.+)$/.exec(body.ref)?.[1];
    if (branch === undefined) return validationAnswer('Reference name must start with refs/heads/');
    if (branchHead(repository, branch) !== null)
      return validationAnswer('Reference already exists');
    if (!repository.commits.has(body.sha)) return validationAnswer('Object does not exist');
    setBranch(repository, branch, body.sha);
    return { status: 201, body: refOf(repository, branch, request.places) };
  },
);

/** `PATCH …/git/refs/heads/{branch}` */
export const changeRef = onWrite(
  z.object({ sha: oidSchema, force: z.boolean().optional() }),
  ({ request, repository, rest, body }) => {
    const branch = decodeURIComponent(rest[0] ?? '');
    const before = branchHead(repository, branch);
    if (before === null) return validationAnswer('Reference does not exist');
    if (!repository.commits.has(body.sha)) return validationAnswer('Object does not exist');
    if (body.force !== true && !ancestorsOf(repository, body.sha).has(before)) {
      return validationAnswer('Update is not a fast forward');
    }
    setBranch(repository, branch, body.sha);
    return { status: 200, body: refOf(repository, branch, request.places) };
  },
);

/** `DELETE …/git/refs/heads/{branch}`, which closes what was open from it. */
export const deleteRef = onWrite(z.unknown(), ({ request, repository, rest }) => {
  const branch = decodeURIComponent(rest[0] ?? '');
  if (!repository.branches.has(branch)) return validationAnswer('Reference does not exist');
  repository.branches.delete(branch);
  for (const one of repository.pullRequests.values()) {
    if (one.headRefName === branch && one.state === 'OPEN') {
      request.data.close(one, { at: request.now, by: request.writer() });
    }
  }
  return { status: 204 };
});

/** `POST …/merges` */
export const mergeBranch = onWrite(
  z.object({ base: z.string(), head: z.string(), commit_message: z.string().optional() }),
  ({ request, repository, body }) => {
    const base = branchHead(repository, body.base);
    const head = repository.commits.has(body.head) ? body.head : branchHead(repository, body.head);
    if (base === null || head === null) {
      return errorAnswer(404, `${base === null ? 'Base' : 'Head'} does not exist`);
    }
    if (ancestorsOf(repository, base).has(head)) return { status: 204 };
    const message = body.commit_message ?? `Merge ${body.head} into ${body.base}`;
    const merged = mergeInto(request, repository, { base, head, message });
    if (merged === null) return errorAnswer(409, 'Merge conflict');
    setBranch(repository, body.base, merged.oid);
    const { sha, ...commit } = gitCommitOf(merged, request.places);
    return { status: 201, body: { sha, commit, parents: commit.parents } };
  },
);

function mergeInto(
  { data, now, writer }: RestRequest,
  repository: TwinRepository,
  { base, head, message }: { base: string; head: string; message: string },
): TwinCommit | null {
  const tree = mergedTree(repository, base, head);
  if (tree === null) return null;
  const made = data.addCommit(repository, {
    at: now,
    by: writer(),
    message,
    parents: [base, head],
    tree,
  });
  treeName(repository, made);
  return made;
}
