import type { Command as CommanderCommand } from 'commander';
import type { Run } from './command-tree.ts';

const named = ['[report]', 'its id or the day; today unless told'] as const;
const texts = [
  ['--did <text>', 'what was done'],
  ['--next <text>', 'what comes next'],
  ['--blockers <text>', 'what is in the way'],
] as const;

/** Adds what people say of their days, and what lies on them. */
export function addReportCommands(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Tell of the day:');
  const list = run(async () => (await import('./commands/report-list.ts')).reportList);
  const report = root
    .command('report')
    .description('Your days in your words, private until you share them: add, list, show, share …')
    .action(list);
  addWriting(report, run);
  addReading(report, run, list);
  addOwnWishes(report, run);
}

function addWriting(report: CommanderCommand, run: Run): void {
  const add = report
    .command('add')
    .description('Keep what you did; again for the same day makes a new revision')
    .argument('[did]', 'what was done');
  withTexts(add)
    .option('--day <day>', 'of another day than today, such as 2026-11-20')
    .option('--share', 'let your team read it')
    .action(run(async () => (await import('./commands/report-add.ts')).reportAdd));
  const edit = report.command('edit').description('Change one of its texts and leave the others');
  withTexts(edit.argument(...named)).action(
    run(async () => (await import('./commands/report-edit.ts')).reportEdit),
  );
  report
    .command('share')
    .description('Let your team read it as it is now')
    .argument(...named)
    .option('--off', 'make it private again')
    .action(run(async () => (await import('./commands/report-share.ts')).reportShare));
  report
    .command('delete')
    .description('Remove it and everything it said before, for good')
    .argument('<report>', 'its id or the day')
    .option('--yes', 'without asking first')
    .action(run(async () => (await import('./commands/report-delete.ts')).reportDelete));
}

function withTexts(command: CommanderCommand): CommanderCommand {
  for (const [flag, description] of texts) command.option(flag, description);
  return command;
}

function addReading(
  report: CommanderCommand,
  run: Run,
  list: (...received: unknown[]) => Promise<void>,
): void {
  const days = (command: CommanderCommand): CommanderCommand =>
    command.option('--from <day>', 'first day').option('--to <day>', 'last day');
  days(report.command('list').description('Your reports and those shared with you, newest first'))
    .option('--mine', 'only your own')
    .option('--limit <n>', 'how many (20 unless told, 200 at most)')
    .action(list);
  report
    .command('show')
    .description('One report with the work of its day')
    .argument(...named)
    .action(run(async () => (await import('./commands/report-show.ts')).reportShow));
  report
    .command('search')
    .description('Find words in your reports and in those shared with you')
    .argument('<words...>', 'what to look for')
    .action(run(async () => (await import('./commands/report-search.ts')).reportSearch));
  days(report.command('digest').description('What a team shared, what is in the way first'))
    .option('--team <key>', 'only this team')
    .option('--format <form>', 'markdown or slack', 'markdown')
    .action(run(async () => (await import('./commands/report-digest.ts')).reportDigest));
}

function addOwnWishes(report: CommanderCommand, run: Run): void {
  report
    .command('remind')
    .description('Be reminded of the report of the day; nobody is who did not ask')
    .option('--at <time>', 'when, such as 16:30')
    .option('--off', 'no longer')
    .action(run(async () => (await import('./commands/report-remind.ts')).reportRemind));
  report
    .command('hours')
    .description('Say which hours are yours, for your own view of your load')
    .option('--from <time>', 'when they begin, such as 09:00')
    .option('--to <time>', 'when they end')
    .option('--off', 'forget them')
    .action(run(async () => (await import('./commands/report-hours.ts')).reportHours));
  report
    .command('load')
    .description('What lies on you; or, with --team, on five people or more')
    .option('--team [key]', 'of a team, or of everybody')
    .option('--week <day>', 'with --team: a day of a week that has ended')
    .action(run(async () => (await import('./commands/report-load.ts')).reportLoad));
}
