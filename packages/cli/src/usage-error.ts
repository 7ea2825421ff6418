import type { CommanderError, Command } from 'commander';
import { nearestName } from '@adjutant/core/ports';

/** What was wrong with a command line, and what was most likely meant. */
export interface UsageProblem {
  message: string;
  hint: string;
}

/** Returns the parser's complaint as a sentence of ours. */
export function usageProblem(
  error: CommanderError,
  root: Command,
  argv: readonly string[],
): UsageProblem {
  const [first = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const command = namedCommand(root, argv);
  const path = commandPath(command);
  const complaint = withoutValues(error.code, first);
  const message = `${complaint.charAt(0).toUpperCase()}${complaint.slice(1).replace(/\.$/, '')}.`;
  const meant =
    /Did you mean (?:one of )?(.+?)\?/.exec(suggestion ?? '')?.[1] ??
    subcommandMeant(error, command, argv);
  const help = `"${path} --help" shows what there is.`;
  return { message, hint: meant === null ? help : `Did you mean ${meant}? ${help}` };
}

/** What was given to an option that does not exist, or as one argument too many, may be a token. */
function withoutValues(code: string, complaint: string): string {
  if (code === 'commander.unknownOption') return complaint.replace(/'(--?[^=']*)=.*'/s, "'$1'");
  if (code === 'commander.excessArguments') return complaint.replace(/(but got \d+):.*$/s, '$1');
  return complaint;
}

function namedCommand(root: Command, argv: readonly string[]): Command {
  let current = root;
  for (const word of argv) {
    const next = current.commands.find((command) => command.name() === word);
    if (next !== undefined) current = next;
  }
  return current;
}

function commandPath(command: Command): string {
  const names: string[] = [];
  for (let current: Command | null = command; current !== null; current = current.parent) {
    names.unshift(current.name());
  }
  return names.join(' ');
}

/** A group that does something by itself reads a mistyped subcommand as one argument too many. */
function subcommandMeant(
  error: CommanderError,
  command: Command,
  argv: readonly string[],
): string | null {
  if (error.code !== 'commander.excessArguments' || command.commands.length === 0) return null;
  const word = argv[argv.indexOf(command.name()) + 1] ?? '';
  return nearestName(
    word,
    command.commands.map((sub) => sub.name()),
  );
}
