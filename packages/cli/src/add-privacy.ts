import { Command as CommanderCommand, Option } from 'commander';
import type { Run } from './command-tree.ts';

/** Adds what tells of the privacy of a workspace. */
export function addPrivacy(root: CommanderCommand, run: Run): void {
  const report = run(async () => (await import('./commands/privacy-report.ts')).privacyReport);
  const privacy = root
    .command('privacy')
    .description('What is stored of people, who sees it, and what was not told: report, refusals')
    .action(report);
  privacy
    .command('report')
    .description('For a works council or an impact assessment; names no person')
    .addOption(
      new Option('--format <name>', 'text, or one Markdown document')
        .choices(['text', 'markdown'])
        .default('text'),
    )
    .option('--out <file>', 'with --format markdown: where it goes')
    .option('--force', 'write over a file that is there')
    .action(report);
  privacy
    .command('refusals')
    .description('Questions about people that were not answered: who asked, what kind, why, when')
    .option('--limit <n>', 'how many (30 unless told, 200 at most)')
    .action(run(async () => (await import('./commands/privacy-refusals.ts')).privacyRefusals));
}
