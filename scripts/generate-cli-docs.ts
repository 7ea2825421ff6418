// Writes docs/cli.md from the command line's own tree. `--check` writes nothing and fails where the
// page differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCommandTree } from '../packages/cli/src/command-tree.ts';

type Command = ReturnType<typeof createCommandTree>;

const path = fileURLToPath(new URL('../docs/cli.md', import.meta.url));
const notice =
  '<!-- Written by scripts/generate-cli-docs.ts from the command tree; edit that, not this page. -->';

/** Returns the page that names every command, argument and flag. */
export function cliPage(): string {
  const stdout = { write: () => undefined, isTty: false, columns: 80 };
  const root = createCommandTree({ stdout }, () => async () => undefined);
  const commands = root.commands.flatMap((command) => [command, ...command.commands]);
  return `${notice}

# Command line

${root.description()} Exit codes are in [first ten minutes](guide/first-ten-minutes.md), the file that commands read is described under [configuration](guide/configuration.md).

Every command takes these:

${optionTable(root)}

${commands.map(section).join('\n\n')}
`;
}

/** True where the page on disk is another one. */
export function isStale(): boolean {
  try {
    return readFileSync(path, 'utf8') !== cliPage();
  } catch {
    return true;
  }
}

function section(command: Command): string {
  const names: string[] = [];
  for (let current: Command | null = command; current !== null; current = current.parent) {
    names.unshift(current.name());
  }
  const takes = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
    return argument.required ? `&lt;${name}&gt;` : `[${name}]`;
  });
  const parts = [`## ${[...names, ...takes].join(' ')}`, `${command.description()}.`];
  if (command.options.length > 0) parts.push(optionTable(command));
  return parts.join('\n\n');
}

function optionTable(command: Command): string {
  const rows = command.options.map(({ flags, description, argChoices, defaultValue, negate }) => {
    const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`;
    const shown: unknown = negate ? undefined : defaultValue;
    const fallback = typeof shown === 'string' ? ` (default: ${shown})` : '';
    return `| \`${flags}\` | ${description}${choices}${fallback} |`;
  });
  return ['| flag | effect |', '| --- | --- |', ...rows].join('\n');
}

function run(arguments_: readonly string[]): number {
  const stale = isStale();
  if (arguments_.includes('--check')) {
    if (!stale) return 0;
    process.stderr.write(
      'docs/cli.md differs from the command line. ' +
        'Run "node --conditions=@adjutant/source scripts/generate-cli-docs.ts".\n',
    );
    return 1;
  }
  if (stale) writeFileSync(path, cliPage());
  process.stdout.write(`docs/cli.md: ${stale ? 'written' : 'unchanged'}.\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = run(process.argv.slice(2));
