import type { Command as CommanderCommand } from 'commander';
import type { Run } from './command-tree.ts';

/** Adds what looks after work that waits: jobs, and events on their way out. */
export function addUpkeepCommands(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Look after what waits:');
  const jobs = root
    .command('jobs')
    .description('Jobs that failed at every attempt, and what is done at set times')
    .action(run(async () => (await import('./commands/jobs-list.ts')).jobsList));
  jobs
    .command('redrive')
    .description('Give a job that was given up all its attempts again')
    .argument('<job>', 'the id that the list prints')
    .action(run(async () => (await import('./commands/jobs-redrive.ts')).jobsRedrive));
  const outbox = root
    .command('outbox')
    .description('Events that could not be delivered to listeners or a bus')
    .action(run(async () => (await import('./commands/outbox-list.ts')).outboxList));
  outbox
    .command('replay')
    .description('Deliver given-up events again, all of them or one')
    .argument('[event]', 'the id that the list prints')
    .action(run(async () => (await import('./commands/outbox-replay.ts')).outboxReplay));
  root
    .command('notes')
    .description('Private drafts that approved actions kept in the store, newest first')
    .option('--limit <n>', 'how many (20 unless told, 200 at most)')
    .action(run(async () => (await import('./commands/notes-list.ts')).notesList));
}
