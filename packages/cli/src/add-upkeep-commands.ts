import type { Command as CommanderCommand } from 'commander';
import type { Run } from './command-tree.ts';

/** Adds what looks after work that waits: jobs, events on their way out, and weekly values. */
export function addUpkeepCommands(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Look after what waits:');
  const list = run(async () => (await import('./commands/jobs-list.ts')).jobsList);
  const jobs = root
    .command('jobs')
    .description('Work that failed at every attempt, and what is done at set times: list, redrive')
    .action(list);
  jobs
    .command('list')
    .description('Jobs that were given up, with the reason, and the schedules')
    .action(list);
  jobs
    .command('redrive')
    .description('Give a job that was given up all its attempts again')
    .argument('<job>', 'the id that the list prints')
    .action(run(async () => (await import('./commands/jobs-redrive.ts')).jobsRedrive));
  addOutbox(root, run);
  addWebhooks(root, run);
  addNotes(root, run);
  const rebuild = run(async () => (await import('./commands/rollups-rebuild.ts')).rollupsRebuild);
  root
    .command('rollups')
    .description('Weekly values of metrics, kept for dashboards: rebuild')
    .command('rebuild')
    .description('Compute every week of every metric again; what was right stays as it is')
    .action(rebuild);
}

function addOutbox(root: CommanderCommand, run: Run): void {
  const list = run(async () => (await import('./commands/outbox-list.ts')).outboxList);
  const outbox = root
    .command('outbox')
    .description('Events that could not be delivered to listeners or a bus: list, replay')
    .action(list);
  outbox.command('list').description('Events that were given up, with the reason').action(list);
  outbox
    .command('replay')
    .description('Deliver given-up events again, all of them or one')
    .argument('[event]', 'the id that the list prints')
    .action(run(async () => (await import('./commands/outbox-replay.ts')).outboxReplay));
}

function addWebhooks(root: CommanderCommand, run: Run): void {
  root
    .command('webhooks')
    .description('What sources sent: replay')
    .command('replay')
    .description('Read again what kept deliveries tell of, after something went wrong with it')
    .option('--source <name>', 'only what one source sent, such as github')
    .option('--since <time>', 'only what came in lately: 2h, 7d; all that is kept unless told')
    .action(run(async () => (await import('./commands/webhooks-replay.ts')).webhooksReplay));
}

function addNotes(root: CommanderCommand, run: Run): void {
  const list = run(async () => (await import('./commands/notes-list.ts')).notesList);
  root
    .command('notes')
    .description('Private drafts that approved actions kept in the store: list')
    .action(list)
    .command('list')
    .description('The drafts, newest first')
    .option('--limit <n>', 'how many (20 unless told, 200 at most)')
    .action(list);
}
