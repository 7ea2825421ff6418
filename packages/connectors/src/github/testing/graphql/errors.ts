/** An error that GitHub puts beside the data, with its own `type`. */
export class GithubGraphqlError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'GithubGraphqlError';
    this.type = type;
  }
}

/** The schema allows it, the twin has nothing to answer it with: no answer at all is given. */
export class NotImitated extends Error {
  constructor(what: string) {
    super(`The GitHub twin does not imitate ${what}.`);
    this.name = 'NotImitated';
  }
}

export function notFound(message: string): GithubGraphqlError {
  return new GithubGraphqlError('NOT_FOUND', message);
}
