import type { Command as CommanderCommand } from 'commander';
import type { Run } from './command-tree.ts';

/** Adds what looks after the data itself: how long it is kept, archives, backups. */
export function addDataCommands(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Look after the data:');
  root
    .command('purge')
    .description('Delete what is older than it is kept for, archived first')
    .option('--dry-run', 'count what would go; change nothing')
    .option('--older-than <days>', 'another age for the named classes, or raw events: 30d')
    .option(
      '--class <name>',
      'only this class, such as reports; may be repeated',
      (value: string, previous: readonly string[]) => [...previous, value],
      [] as readonly string[],
    )
    .option('--yes', 'do not ask')
    .action(run(async () => (await import('./commands/purge.ts')).purge));
  const list = run(async () => (await import('./commands/archive-list.ts')).archiveList);
  const archive = root
    .command('archive')
    .description('What purges archived: list, verify, restore')
    .action(list);
  archive.command('list').description('The archives, the oldest rows first').action(list);
  archive
    .command('verify')
    .description('Check manifests against the ledger, and files against manifests')
    .action(run(async () => (await import('./commands/archive-verify.ts')).archiveVerify));
  archive
    .command('restore')
    .description('Put the rows of an archive back into the store')
    .argument('<archive>', 'the id that the list prints')
    .option('--yes', 'do not ask')
    .action(run(async () => (await import('./commands/archive-restore.ts')).archiveRestore));
  root
    .command('backup')
    .description('Copy the whole store, checked, while others read and write')
    .argument('<to>', 'a file that is not there yet')
    .action(run(async () => (await import('./commands/backup.ts')).backup));
  root
    .command('restore')
    .description('Put a backup in the place of the store; what was there is set aside')
    .argument('<from>', 'a file that "adjutant backup" wrote')
    .option('--replace', 'also where the store goes on after the backup')
    .option('--yes', 'do not ask')
    .action(run(async () => (await import('./commands/restore.ts')).restore));
}
