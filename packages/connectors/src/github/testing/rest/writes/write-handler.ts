import { z } from 'zod';
import type { TwinPullRequest, TwinRepository, TwinSubject } from '../../data/records.ts';
import { errorAnswer, type HttpAnswer } from '../../http/answer.ts';
import { notFoundAnswer, onRepository, type RestHandler, type RestRequest } from '../request.ts';

interface Change<Body> {
  request: RestRequest;
  repository: TwinRepository;
  /** What the pattern caught behind the repository. */
  rest: readonly string[];
  body: Body;
}

/**
 * Returns a handler of a request that changes something: it wants a credential that may write, and a
 * body of the form that GitHub publishes.
 */
export function onWrite<Schema extends z.ZodType>(
  schema: Schema,
  handle: (change: Change<z.infer<Schema>>) => HttpAnswer,
): RestHandler {
  return onRepository((request, repository, rest) => {
    if (!request.caller.canWrite) {
      return errorAnswer(403, 'Resource not accessible by personal access token');
    }
    if (repository.isArchived) {
      return errorAnswer(403, 'Repository was archived so is read-only.');
    }
    if (request.body === undefined) return errorAnswer(400, 'Problems parsing JSON');
    const read = schema.safeParse(request.body);
    if (!read.success) return validationAnswer(z.prettifyError(read.error));
    return handle({ request, repository, rest, body: read.data });
  }).byName;
}

export function validationAnswer(what: string): HttpAnswer {
  return errorAnswer(422, `Validation Failed: ${what.slice(0, 300)}`);
}

/** Runs on the issue or pull request that the first number names. */
export function withThread(
  { repository, rest }: Pick<Change<unknown>, 'repository' | 'rest'>,
  handle: (subject: TwinSubject) => HttpAnswer,
): HttpAnswer {
  const number = Number(rest[0]);
  const subject = repository.issues.get(number) ?? repository.pullRequests.get(number);
  return subject === undefined ? notFoundAnswer() : handle(subject);
}

/** Runs on the pull request that the first number names. */
export function withPullRequest(
  { repository, rest }: Pick<Change<unknown>, 'repository' | 'rest'>,
  handle: (pullRequest: TwinPullRequest) => HttpAnswer,
): HttpAnswer {
  const found = repository.pullRequests.get(Number(rest[0]));
  return found === undefined ? notFoundAnswer() : handle(found);
}
