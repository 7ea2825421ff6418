import { type Command as CommanderCommand, Option } from 'commander';
import type { Run } from './command-tree.ts';

const kinds = 'today, standup, sprint, weekly, agenda, retrospective, triage, incident';

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
    .command('triage')
    .description(
      'Open pull requests in the order to look at them: why, whom to ask, what to propose',
    )
    .option('--team <key>', 'only what this team owns')
    .addOption(format)
    .action(run(async () => (await import('./commands/triage.ts')).triage));
  const incident = root
    .command('incident')
    .description('Incidents that are open or of late; of one its course, and what it may come from')
    .argument('[id]', 'which one: its key at its source, its id or the end of it')
    .option('--team <key>', 'only what this team owns')
    .addOption(format)
    .action(run(async () => (await import('./commands/incident.ts')).incident));
  incident
    .command('role')
    .description('Take a role in an incident, or give it to somebody: lead, communication, scribe')
    .argument('<id>', 'the incident')
    .argument('<role>', 'lead, communication or scribe')
    .argument('[person]', 'by id, name, login or address; yourself unless told')
    .option('--nobody', 'take the role from whoever has it')
    .action(run(async () => (await import('./commands/incident-role.ts')).incidentRole));
  incident
    .command('follow-up')
    .description('Note what follows from an incident, by the key of a work item or a pull request')
    .argument('<id>', 'the incident')
    .argument('<work>', 'a key such as PAY-12 or shop#7')
    .option('--owner <person>', 'who does it')
    .option('--until <day>', 'until when')
    .option('--remove', 'it does not follow from it after all')
    .action(run(async () => (await import('./commands/incident-follow-up.ts')).incidentFollowUp));
  incident
    .command('post-mortem')
    .description('A document with its facts filled in, for people to finish; it blames nobody')
    .argument('<id>', 'the incident')
    .option('--out <file>', 'where it goes; printed unless told')
    .option('--force', 'write over a file that is there')
    .action(
      run(async () => (await import('./commands/incident-post-mortem.ts')).incidentPostMortem),
    );
  root
    .command('brief')
    .description(`What somebody should know, for a time of the day or the week: ${kinds}`)
    .argument('[kind]', 'which one (today unless told)')
    .option('--team <key>', 'only what this team owns')
    .option('--from <day>', 'look back to this day, where the kind looks back')
    .addOption(format)
    .action(run(async () => (await import('./commands/brief.ts')).brief));
}
