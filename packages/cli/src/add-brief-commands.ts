import { type Command as CommanderCommand, Option } from 'commander';
import type { Run } from './command-tree.ts';

const kinds = 'today, standup, sprint, weekly, agenda, retrospective';

/** Adds what tells somebody what they should know. */
export function addBriefCommands(root: CommanderCommand, run: Run): void {
  root.commandsGroup('What needs you:');
  const format = new Option('--format <format>', 'how it is written').choices([
    'text',
    'markdown',
    'slack',
    'html',
  ]);
  root
    .command('today')
    .description('What needs you now, with the rows that say so')
    .option('--team <key>', 'only what this team owns')
    .addOption(format)
    .action(run(async () => (await import('./commands/today.ts')).today));
  root
    .command('brief')
    .description(`What somebody should know, for a time of the day or the week: ${kinds}`)
    .argument('[kind]', 'which one (today unless told)')
    .option('--team <key>', 'only what this team owns')
    .option('--from <day>', 'look back to this day, where the kind looks back')
    .addOption(format)
    .action(run(async () => (await import('./commands/brief.ts')).brief));
}
