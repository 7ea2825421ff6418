/**
 * The fields asked of `git log`, each ended by NUL: the one byte that neither a name nor a message
 * can hold. The message comes last and whole, because subject, reverts, merge requests and trailers
 * all stand in it.
 */
const fields = ['%H', '%P', '%at', '%ct', '%an', '%ae', '%cn', '%ce', '%B'] as const;

export const logFieldCount = fields.length;

/** Returns the arguments of a `git log` of these fields; the commits to walk go to its input. */
export function logArguments(options: readonly string[] = []): string[] {
  return [
    'log',
    '-z',
    `--format=tformat:${fields.join('%x00')}`,
    '--encoding=UTF-8',
    '--no-show-signature',
    '--no-mailmap',
    '--no-notes',
    '--no-decorate',
    '--no-color',
    '--no-patch',
    '--no-ext-diff',
    '--no-textconv',
    ...options,
    '--stdin',
  ];
}
