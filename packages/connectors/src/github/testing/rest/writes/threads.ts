import { z } from 'zod';
import type { GithubData } from '../../data/github-data.ts';
import type { TwinActor, TwinSubject } from '../../data/records.ts';
import type { HttpAnswer } from '../../http/answer.ts';
import { commentOf, issueOf, labelOf } from '../thread-representations.ts';
import { onWrite, validationAnswer, withThread } from './write-handler.ts';

const longestBody = 65_536;
const textSchema = z.string().max(longestBody);
const titleSchema = z.union([z.string().min(1).max(256), z.number().transform(String)]);
const labelsSchema = z.array(
  z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]),
);

/** Returns the account of a login, however it is written. */
export function findActor(data: GithubData, login: string): TwinActor | undefined {
  const wanted = login.toLowerCase();
  return data.actors.find((actor) => actor.login.toLowerCase() === wanted);
}

/** GitHub makes a label that is not there. */
function putLabels(
  data: GithubData,
  {
    subject,
    names,
    at,
    by,
  }: { subject: TwinSubject; names: readonly string[]; at: number; by: TwinActor },
): void {
  for (const name of names) {
    const known = subject.repository.labels.find(
      (label) => label.name.toLowerCase() === name.toLowerCase(),
    );
    const label = known ?? data.addLabel(subject.repository, name);
    if (subject.labels.includes(label)) continue;
    subject.labels.push(label);
    data.addEvent(subject, 'LabeledEvent', { at, actor: by, label });
  }
}

/** `POST …/issues/{number}/comments` */
export const createComment = onWrite(z.object({ body: textSchema.min(1) }), (change) =>
  withThread(change, (subject) => {
    const { data, now, writer, places } = change.request;
    const { body } = change.body;
    const comment = data.addComment(subject, { at: now, author: writer(), body });
    return { status: 201, body: commentOf(comment, places) };
  }),
);

/** `POST …/issues/{number}/labels` */
export const addLabels = onWrite(
  z.union([labelsSchema, z.object({ labels: labelsSchema }).transform(({ labels }) => labels)]),
  (change) =>
    withThread(change, (subject) => {
      const { data, now, writer } = change.request;
      putLabels(data, { subject, names: change.body, at: now, by: writer() });
      return { status: 200, body: subject.labels.map(labelOf) };
    }),
);

/** `POST …/issues` */
export const createIssue = onWrite(
  z.object({
    title: titleSchema,
    body: textSchema.optional(),
    labels: labelsSchema.optional(),
    assignees: z.array(z.string()).optional(),
  }),
  ({ request, repository, body }) => {
    const { data, now, writer, places } = request;
    const assignees = (body.assignees ?? []).flatMap((login) => findActor(data, login) ?? []);
    const issue = data.addIssue(repository, {
      title: body.title,
      body: body.body ?? '',
      createdAt: now,
      author: writer(),
      assignees,
    });
    putLabels(data, { subject: issue, names: body.labels ?? [], at: now, by: writer() });
    return { status: 201, body: issueOf(issue, places) };
  },
);

const changeSchema = z.object({
  title: titleSchema.optional(),
  body: textSchema.nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullish(),
});

/** `PATCH …/issues/{number}` */
export const changeIssue = onWrite(changeSchema, (change) =>
  withThread(change, (subject) => {
    const refused = changeThread(subject, change.body, change.request);
    return refused ?? { status: 200, body: issueOf(subject, change.request.places) };
  }),
);

/** Changes what issues and pull requests share; returns the answer where it is refused. */
export function changeThread(
  subject: TwinSubject,
  body: z.infer<typeof changeSchema>,
  { data, now, writer }: { data: GithubData; now: number; writer: () => TwinActor },
): HttpAnswer | null {
  if (body.state === 'open' && subject.state === 'MERGED') {
    return validationAnswer('state cannot be changed. The pull request is merged.');
  }
  if (body.title !== undefined && body.title !== subject.title) {
    const names = { previousTitle: subject.title, currentTitle: body.title };
    subject.title = body.title;
    data.addEvent(subject, 'RenamedTitleEvent', { at: now, actor: writer(), ...names });
  }
  if (typeof body.body === 'string') subject.body = body.body;
  if (body.state === 'closed' && subject.state === 'OPEN') {
    data.close(subject, { at: now, by: writer() });
  }
  if (body.state === 'open' && subject.state === 'CLOSED') {
    subject.state = 'OPEN';
    subject.closedAt = null;
    data.addEvent(subject, 'ReopenedEvent', { at: now, actor: writer(), stateReason: null });
  }
  data.touch(subject, now);
  return null;
}
