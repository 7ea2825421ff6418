import type { Command as CommanderCommand } from 'commander';
import type { Run } from './command-tree.ts';

/** Adds what shows findings, and the rules that make them. */
export function addSignalCommands(root: CommanderCommand, run: Run): void {
  root.commandsGroup('See what needs somebody:');
  const list = run(async () => (await import('./commands/signals-list.ts')).signalsList);
  const signals = root
    .command('signals')
    .description('What rules found, the most severe first: list, show, snooze, assign')
    .option('--all', 'those that are hidden or muted too')
    .option('--rule <rule>', 'only of this rule')
    .option('--severity <severity>', 'only of this severity or more: info, low, medium, high')
    .option('--evaluate', 'run every rule now, before the list')
    .action(list);
  signals.command('list').description('What rules found, the most severe first').action(list);
  signals
    .command('show')
    .description('One in full: the rows behind it, what became of it, what can be proposed')
    .argument('<finding>', 'id, or its end')
    .action(run(async () => (await import('./commands/signals-show.ts')).signalsShow));
  signals
    .command('snooze')
    .description('Hide a finding for a time')
    .argument('<finding>', 'id, or its end')
    .option('--for <time>', 'how long: 4h, 3d, 2w; ninety days at most')
    .option('--end', 'show it again')
    .action(run(async () => (await import('./commands/signals-snooze.ts')).signalsSnooze));
  signals
    .command('assign')
    .description('Give a finding to somebody')
    .argument('<finding>', 'id, or its end')
    .argument('[person]', 'id, name, login or address')
    .option('--nobody', 'take it back')
    .action(run(async () => (await import('./commands/signals-assign.ts')).signalsAssign));
  addRules(root, run);
}

function addRules(root: CommanderCommand, run: Run): void {
  const list = run(async () => (await import('./commands/rules-list.ts')).rulesList);
  const rules = root
    .command('rules')
    .description('What findings are made by: list, check, test, replay, mute, unmute')
    .action(list);
  rules.command('list').description('Every rule, and how it was run last').action(list);
  rules
    .command('check')
    .description('Everything that is wrong with the rules in YAML, with line and column')
    .action(run(async () => (await import('./commands/rules-check.ts')).rulesCheck));
  rules
    .command('test')
    .description('Run the tests that stand in the rules in YAML; fails where one does')
    .argument('[rule]', 'only this rule')
    .action(run(async () => (await import('./commands/rules-test.ts')).rulesTest));
  rules
    .command('replay')
    .description('What a rule would have found on history, day by day; writes nothing')
    .argument('<rule>', 'a rule, as the list names it')
    .option('--since <day>', 'the first day, such as 2026-09-01')
    .option('--every <day|hour>', 'how often it would have run (day unless told)')
    .action(run(async () => (await import('./commands/rules-replay.ts')).rulesReplay));
  rules
    .command('mute')
    .description('Hide what a rule finds, everywhere or of one subject')
    .argument('<rule>', 'a rule, as the list names it')
    .option('--finding <finding>', 'only of what this finding is about')
    .option('--reason <text>', 'why')
    .action(run(async () => (await import('./commands/rules-mute.ts')).rulesMute));
  rules
    .command('unmute')
    .description('Show what a rule finds again')
    .argument('<rule>', 'a rule, as the list names it')
    .option('--finding <finding>', 'only of what this finding is about')
    .action(run(async () => (await import('./commands/rules-unmute.ts')).rulesUnmute));
}
