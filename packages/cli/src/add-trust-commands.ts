import type { Command as CommanderCommand } from 'commander';
import type { Run } from './command-tree.ts';

/** Adds what says which files of others may act here. */
export function addTrustCommands(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Believe a file:');
  const trust = root
    .command('trust')
    .description(
      'What a configuration may read, contact and change, and whether it may: list, revoke',
    )
    .argument('[path]', 'a configuration or its folder; the nearest one unless told')
    .option('--all', 'every point, however many there are')
    .option('--adopt', 'let approvals in its store on a server count here')
    .option('--digest <digest>', 'trust exactly what was shown with this digest, without asking')
    .action(run(async () => (await import('./commands/trust.ts')).trust));
  trust
    .command('list')
    .description('The configurations that are trusted on this machine')
    .action(run(async () => (await import('./commands/trust-list.ts')).trustList));
  trust
    .command('revoke')
    .description('Trust a configuration no more')
    .argument('<path>', 'a configuration or its folder')
    .action(run(async () => (await import('./commands/trust-revoke.ts')).trustRevoke));
}
