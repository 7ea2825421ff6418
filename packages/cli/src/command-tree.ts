import { Command as CommanderCommand, Option } from 'commander';
import { addActingCommands } from './add-acting-commands.ts';
import { addBriefCommands } from './add-brief-commands.ts';
import { addPrivacy } from './add-privacy.ts';
import { addSignalCommands } from './add-signal-commands.ts';
import { addReportCommands } from './add-report-commands.ts';
import { addDataCommands } from './add-data-commands.ts';
import { addTrustCommands } from './add-trust-commands.ts';
import { addUpkeepCommands } from './add-upkeep-commands.ts';
import { collected } from './collected.ts';
import type { Command } from './command-context.ts';
import type { Io } from './io.ts';
import { clientNames } from './mcp-clients/client-names.ts';
import { readVersion } from './version.ts';

/** Runs a command that is loaded only now, so that help and errors need none of them. */
export type Run = (load: () => Promise<Command>) => (...received: unknown[]) => Promise<void>;

const repositoryOption = ['--repository <name>', 'only this repository'] as const;

interface Group {
  names: readonly string[];
  add: (root: CommanderCommand, run: Run) => void;
}

const groups: readonly Group[] = [
  { names: ['look', 'demo'], add: addLooking },
  { names: ['today', 'triage', 'incident', 'brief'], add: addBriefCommands },
  {
    names: [
      'init',
      'sync',
      'backfill',
      'status',
      'metrics',
      'explain',
      'forecast',
      'sprints',
      'ask',
      'ai-impact',
    ],
    add: addReading,
  },
  { names: ['signals', 'rules'], add: addSignalCommands },
  { names: ['people'], add: addPeople },
  { names: ['report'], add: addReportCommands },
  { names: ['mcp'], add: addAssistant },
  { names: ['actions', 'approvals', 'approvers', 'tokens', 'serve'], add: addActingCommands },
  { names: ['policy'], add: addPolicy },
  { names: ['trust'], add: addTrustCommands },
  { names: ['keys'], add: addKeys },
  { names: ['audit'], add: addAudit },
  { names: ['privacy'], add: addPrivacy },
  { names: ['jobs', 'outbox', 'webhooks', 'notes', 'rollups'], add: addUpkeepCommands },
  { names: ['purge', 'archive', 'backup', 'restore'], add: addDataCommands },
  { names: ['doctor', 'export', 'import'], add: addKeeping },
];

/**
 * Returns the command line: what there is, in words, with nothing loaded behind it. Where `first`
 * names a command only its group is made: a server that an assistant starts needs no other.
 */
export function createCommandTree(
  io: Pick<Io, 'stdout'>,
  run: Run,
  first?: string,
): CommanderCommand {
  const root = new CommanderCommand('adjutant')
    .description('True figures about a team, from the tools it works in.')
    .option('--config <file>', 'use this configuration instead of the nearest one')
    .option('--demo', 'on the made-up team that "adjutant demo" left, on its Monday')
    .option('--json', 'print one JSON document instead of text')
    .option('--no-color', 'print without colours (NO_COLOR does the same)')
    .version(readVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // What goes wrong is told once, by the program, in one form for all errors.
      writeErr: () => undefined,
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 80, 100),
      getOutHasColors: () => false,
    })
    .exitOverride();
  const named = groups.filter(({ names }) => first !== undefined && names.includes(first));
  for (const { add } of named.length > 0 ? named : groups) add(root, run);
  return root;
}

function addLooking(root: CommanderCommand, run: Run): void {
  root.commandsGroup('See something now:');
  root
    .command('look')
    .description(
      'Half a page and one HTML file about a clone; needs no configuration and keeps nothing',
    )
    .argument('[path]', 'a local clone', '.')
    .option('--days <n>', 'length of the window (90 unless told)')
    .option(
      '--deployments-from-tags <pattern>',
      "count tags such as 'v*' as deployments to production",
    )
    .option('--out <file>', 'where the page goes', 'adjutant-report.html')
    .option('--force', 'write the page over a file that is not a report')
    .option('--no-report', 'print only; write no page')
    .action(run(async () => (await import('./commands/look.ts')).look));
  root
    .command('demo')
    .description('A made-up team read through the real connector, each figure beside the truth')
    .option('--seed <n>', 'make another team', '1')
    .option('--yes', 'approve the proposed merge without asking')
    .option('--serve', 'then open its dashboard on this machine, until Ctrl-C')
    .option('--port <n>', 'where that is served', '4747')
    .action(run(async () => (await import('./commands/demo.ts')).demo));
}

function addReading(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Keep figures of your own:');
  root
    .command('init')
    .description('Write adjutant.config.yaml, step by step')
    .option('-y, --yes', 'take what is proposed and ask nothing')
    .option('--force', 'write over an existing configuration')
    .action(run(async () => (await import('./commands/init.ts')).init));
  root
    .command('sync')
    .description('Read every configured source; can be stopped and goes on where it was')
    .option('--every <interval>', 'keep running and read again after 30s, 15m, 2h …')
    .action(run(async () => (await import('./commands/sync.ts')).sync));
  root
    .command('backfill')
    .description('Read history again, back to a day; can be stopped and goes on where it was')
    .option('--since <day>', 'the first day to read, such as 2026-01-31')
    .option('--days <n>', 'how many days back to read')
    .action(run(async () => (await import('./commands/backfill.ts')).backfill));
  root
    .command('status')
    .description('How fresh everything is, what is missing, and whether anything syncs')
    .action(run(async () => (await import('./commands/status.ts')).status));
  root
    .command('metrics')
    .description('All figures, or one with its definition')
    .argument('[id]', 'a metric, as the list names it')
    .option('--explain', 'show the rows behind the figure')
    .option('--days <n>', 'length of the window (90 unless told)')
    .option(...repositoryOption)
    .option('--from <day>', 'first day of the window, as 2026-09-07')
    .option('--to <day>', 'first day after the window')
    .option('--time-zone <name>', 'whose days and weeks, as Europe/Berlin')
    .option('--team <key>', 'only what this team owns')
    .option('--service <key>', 'only what is built for or deployed to this service')
    .option('--label <label>', 'only with this label (repeat for others)', collected)
    .option('--work-type <type>', 'only of this type, as bug or hotfix (repeat)', collected)
    .option('--authors <kinds>', 'of people, coding_agents, service_bots: only by these')
    .option('--compare', 'the window beside the one before it, and what can be said of the change')
    .option('--format <csv|jsonl>', 'write a table: each figure and part on a line of its own')
    .option('--series', 'with --format: every week too')
    .option('--out <file>', 'with --format: where the table goes')
    .option('--force', 'write the table over a file that is there')
    .action(run(async () => (await import('./commands/metrics.ts')).metrics));
  root
    .command('explain')
    .description('A figure that was cited: whether it still holds, or what changed since')
    .argument('<id>', 'the id that stands beside the figure')
    .action(run(async () => (await import('./commands/explain.ts')).explain));
  root
    .command('forecast')
    .description('How many pull requests by a day, and when so many are merged')
    .option('--items <n>', 'how many are to be merged')
    .option('--until <day>', 'the last day to count, such as 2026-12-24')
    .option('--days <n>', 'how many past days to draw from (90 unless told)')
    .option(...repositoryOption)
    .action(run(async () => (await import('./commands/forecast.ts')).forecast));
  root
    .command('sprints')
    .description('Sprints and their velocity, or what was planned and done in one')
    .argument('[sprint]', 'a sprint: id, its end or name')
    .option('--last <n>', 'how many closed sprints the velocity is of (5 unless told)')
    .action(run(async () => (await import('./commands/sprints.ts')).sprints));
  root
    .command('ask')
    .description('What the documents say, with the lines that say it')
    .argument('<question...>', 'a question in words')
    .option('--find', 'list documents and work by these words')
    .option('--owners', 'say who looks after this path or topic')
    .option('--limit <n>', 'how many places to tell (5 unless told)')
    .option(...repositoryOption)
    .action(run(async () => (await import('./commands/ask.ts')).ask));
  root
    .command('ai-impact')
    .description('What assistance by coding tools goes together with, and its use by week')
    .option('--days <n>', 'length of the window (90 unless told), taken in whole weeks')
    .option(...repositoryOption)
    .action(run(async () => (await import('./commands/ai-impact.ts')).aiImpact));
}

function addPeople(root: CommanderCommand, run: Run): void {
  const people = root
    .command('people')
    .description(
      'Who is who and in which team: list, review, merge, split, accept, erase, changes, undo',
    )
    .action(run(async () => (await import('./commands/people-list.ts')).peopleList));
  people
    .command('list')
    .description('Everybody, with their accounts')
    .option('--find <text>', 'only names, logins and addresses that contain this')
    .action(run(async () => (await import('./commands/people-list.ts')).peopleList));
  people
    .command('review')
    .description('Go through people who may be one, and through proposed teams')
    .option('--unmatched', 'list whom one source knows alone, with whom they look like')
    .option('--source <name>', 'with --unmatched: only people of this source')
    .action(run(async () => (await import('./commands/people-review.ts')).peopleReview));
  people
    .command('merge')
    .description('Make two people one; can be undone')
    .argument('<from>', 'a person: id, its end, name or address')
    .argument('<to>', 'the person who stays')
    .action(run(async () => (await import('./commands/people-merge.ts')).peopleMerge));
  people
    .command('split')
    .description('Give accounts of a person to a new one; can be undone')
    .argument('<person>', 'a person: id, its end, name or address')
    .argument('<accounts...>', 'accounts such as git:ada@example.com')
    .action(run(async () => (await import('./commands/people-split.ts')).peopleSplit));
  people
    .command('bot')
    .description('Take accounts out of the figures of people: a bot is behind them; can be undone')
    .argument('<person>', 'a person: id, its end, name or address')
    .argument('[accounts...]', 'accounts such as git:robot@example.com; all of them unless told')
    .action(run(async () => (await import('./commands/people-bot.ts')).peopleBot));
  people
    .command('role')
    .description('Say whether somebody is a lead or a member; they sign in again to be it')
    .argument('<person>', 'a person: id, its end, name or address')
    .argument('<role>', 'member or lead')
    .action(run(async () => (await import('./commands/people-role.ts')).peopleRole));
  people
    .command('accept')
    .description('Do what is proposed about a team, or merge whoever is surely one; can be undone')
    .argument('[proposal]', 'the id that the review lists')
    .option('--above <confidence>', 'merge all pairs that are at least so sure, such as 0.9')
    .option('--yes', 'do not ask')
    .action(run(async () => (await import('./commands/people-accept.ts')).peopleAccept));
  people
    .command('dismiss')
    .description('Have a proposal not made again; can be undone')
    .argument('<proposal>', 'the id that the review lists')
    .action(run(async () => (await import('./commands/people-dismiss.ts')).peopleDismiss));
  people
    .command('erase')
    .description('Take a person out of store, index and archives, and keep them out')
    .argument('<person>', 'a person: id, its end, name or address')
    .option('--yes', 'do not ask')
    .action(run(async () => (await import('./commands/people-erase.ts')).peopleErase));
  people
    .command('changes')
    .description('What was merged and split, by rules too, with what takes it back')
    .action(run(async () => (await import('./commands/people-changes.ts')).peopleChanges));
  people
    .command('undo')
    .description('Take a merge, a split or an answer to a proposal back')
    .argument('<change>', 'the id that it printed')
    .action(run(async () => (await import('./commands/people-undo.ts')).peopleUndo));
}

function addAssistant(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Connect an assistant:');
  const mcp = root
    .command('mcp')
    .description('The MCP server that an assistant starts (standard input and output)')
    .action(run(async () => (await import('./commands/mcp.ts')).mcp));
  mcp
    .command('install')
    .description("Write the client's own project file; no token goes into it")
    .addOption(
      new Option('--client <name>', 'which client').choices(clientNames).makeOptionMandatory(),
    )
    .option('--print', 'print what would be written; write nothing')
    .action(run(async () => (await import('./commands/mcp-install.ts')).mcpInstall));
}

function addPolicy(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Say what may happen:');
  const policy = root
    .command('policy')
    .description('What needs asking before it happens: show, check, test, explain')
    .action(run(async () => (await import('./commands/policy-show.ts')).policyShow));
  policy
    .command('show')
    .description('The policy in force, and whether the file waits for an approval')
    .action(run(async () => (await import('./commands/policy-show.ts')).policyShow));
  policy
    .command('check')
    .description('Everything that is wrong with a policy file, with line and column')
    .argument('[file]', 'adjutant.policy.yaml beside the configuration unless told')
    .action(run(async () => (await import('./commands/policy-check.ts')).policyCheck));
  policy
    .command('test')
    .description('Try a policy on a table of examples in YAML')
    .argument('<table>', 'a file of cases: name, action, given, expect')
    .action(run(async () => (await import('./commands/policy-test.ts')).policyTest));
  policy
    .command('explain')
    .description('Why an action would need what it needs, and which line decided')
    .argument('<type>', 'a type of action, such as pr.merge')
    .option('--file <file>', 'a policy file; the one beside the configuration unless told')
    .option(
      '--condition <name=value>',
      'what is the case, such as channel_public=false; may be repeated',
      (value: string, previous: readonly string[]) => [...previous, value],
      [] as readonly string[],
    )
    .action(run(async () => (await import('./commands/policy-explain.ts')).policyExplain));
}

function addKeys(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Keep secrets:');
  const keys = root
    .command('keys')
    .description('Stored secrets and the keys that protect them: list, set, remove, rotate …')
    .action(run(async () => (await import('./commands/keys-list.ts')).keysList));
  keys
    .command('list')
    .description('Names and dates of what is stored, and which key protects it; never a value')
    .action(run(async () => (await import('./commands/keys-list.ts')).keysList));
  keys
    .command('set')
    .description('Store a secret, typed unseen or piped in; never as an argument')
    .argument('<name>', 'such as connector:github:read')
    .action(run(async () => (await import('./commands/keys-set.ts')).keysSet));
  keys
    .command('remove')
    .description('Remove a stored secret')
    .argument('<name>', 'as the list names it')
    .action(run(async () => (await import('./commands/keys-remove.ts')).keysRemove));
  keys
    .command('rotate')
    .description('Store every secret anew under a new key; can be cut off and goes on')
    .action(run(async () => (await import('./commands/keys-rotate.ts')).keysRotate));
  keys
    .command('rewrap')
    .description('Protect what is stored with the current key, without touching a secret')
    .action(run(async () => (await import('./commands/keys-rewrap.ts')).keysRewrap));
  keys
    .command('retire')
    .description('End the use of a key; refused while anything hangs on it')
    .argument('<id>', 'a key, as the list names it')
    .action(run(async () => (await import('./commands/keys-retire.ts')).keysRetire));
}

function addAudit(root: CommanderCommand, run: Run): void {
  const audit = root
    .command('audit')
    .description('The ledger of what changed: list, show, verify, export …')
    .action(run(async () => (await import('./commands/audit-list.ts')).auditList));
  audit
    .command('list')
    .description('The newest entries')
    .option('--event <name>', 'only this event, such as action.executed')
    .option('--subject <id>', 'only what is about this')
    .option('--limit <n>', 'how many (30 unless told, 200 at most)')
    .action(run(async () => (await import('./commands/audit-list.ts')).auditList));
  audit
    .command('show')
    .description('One entry, with its place in the chain')
    .argument('<id>', 'the number or the id that the list prints')
    .action(run(async () => (await import('./commands/audit-show.ts')).auditShow));
  audit
    .command('verify')
    .description('Check that nothing was changed, removed or put in; fails where something was')
    .option('--checkpoint <path>', 'hold it against an exported checkpoint, or a folder of them')
    .action(run(async () => (await import('./commands/audit-verify.ts')).auditVerify));
  audit
    .command('export')
    .description('Write the chain as JSON lines that any program can check')
    .argument('[file]', 'where to; standard output unless told')
    .option('--personal', 'with what of it is personal')
    .option('--force', 'write over an existing file')
    .action(run(async () => (await import('./commands/audit-export.ts')).auditExport));
  audit
    .command('checkpoint')
    .description('Sign where the chain stands, for a place that the database owner cannot write')
    .option(
      '--to <folder>',
      'where it goes, unless the configuration tells; nothing is written over',
    )
    .option('--key <file>', 'the signing key; made where it is missing')
    .action(run(async () => (await import('./commands/audit-checkpoint.ts')).auditCheckpoint));
  audit
    .command('erase')
    .description('Erase what is personal of entries; the chain still verifies')
    .option('--entry <id>', 'of this entry')
    .option('--person <who>', 'of all that somebody did or that is about them')
    .option('--yes', 'erase without asking')
    .action(run(async () => (await import('./commands/audit-erase.ts')).auditErase));
}

function addKeeping(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Look after it:');
  root
    .command('doctor')
    .description('Check the installation and say what to do')
    .action(run(async () => (await import('./commands/doctor.ts')).doctor));
  root
    .command('export')
    .description('Write the workspace as JSON lines')
    .argument('[file]', 'where to; standard output unless told')
    .option('--force', 'write over an existing file')
    .action(run(async () => (await import('./commands/export.ts')).exportCommand));
  root
    .command('import')
    .description('Read an export into an empty store')
    .argument('<file>', 'what "adjutant export" wrote')
    .action(run(async () => (await import('./commands/import.ts')).importCommand));
}
