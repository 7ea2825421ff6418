import type { Command as CommanderCommand } from 'commander';
import { collected } from './collected.ts';
import type { Run } from './command-tree.ts';

const named = ['<action>', 'the id of an action, or its end'] as const;
const ledgerReason = ['--reason <text>', 'why; stands in the ledger'] as const;
const pagePort = ['--port <n>', 'where the page is served on this machine', '4747'] as const;

/** Adds what proposes, decides and carries out. */
export function addActingCommands(root: CommanderCommand, run: Run): void {
  root.commandsGroup('Let it act:');
  addActions(root, run);
  addApprovals(root, run);
  addApprovers(root, run);
  addTokens(root, run);
  root
    .command('serve')
    .description('The page for approvals, and the worker that carries out what was approved')
    .option(...pagePort)
    .option('--every <interval>', 'read the sources again after 30s, 15m, 2h …')
    .action(run(async () => (await import('./commands/serve.ts')).serve));
}

function addActions(root: CommanderCommand, run: Run): void {
  const list = run(async () => (await import('./commands/actions-list.ts')).actionsList);
  const status = ['--status <state>', 'only those in this state, such as pending'] as const;
  const actions = root
    .command('actions')
    .description('Proposed changes and where each stands: list, show, propose, types …')
    .option(...status)
    .action(list);
  actions
    .command('list')
    .description('What waits first, by risk and then by age; then the newest')
    .option(...status)
    .action(list);
  actions
    .command('show')
    .description('One action in full: what was found, who decided, what happened')
    .argument(...named)
    .action(run(async () => (await import('./commands/actions-show.ts')).actionsShow));
  actions
    .command('types')
    .description('What can be proposed here, and what each type takes')
    .argument('[type]', 'one type, with its whole payload')
    .action(run(async () => (await import('./commands/actions-types.ts')).actionsTypes));
  actions
    .command('propose')
    .description('Propose a change; policy and people decide')
    .usage('<type> --payload <json> --key <key> [options]')
    .argument('[type]', 'a type of action, such as pr.merge')
    .option('--payload <json>', 'what to do, as JSON, or @file')
    .option('--key <key>', 'your own key: the same key is the same action')
    .option('--reason <text>', 'why')
    .action(run(async () => (await import('./commands/actions-propose.ts')).actionsPropose));
  actions
    .command('withdraw')
    .description('Take a proposal back before it is carried out')
    .argument(...named)
    .option(...ledgerReason)
    .action(run(async () => (await import('./commands/actions-withdraw.ts')).actionsWithdraw));
  actions
    .command('resolve')
    .description('Say what became of an effect that nobody could tell of')
    .argument(...named)
    .argument('<verdict>', 'happened or did-not-happen')
    .requiredOption('--reason <text>', 'how you know; stands in the ledger')
    .action(run(async () => (await import('./commands/actions-resolve.ts')).actionsResolve));
  actions
    .command('stop')
    .description('Start nothing more, or nothing of one type')
    .argument('[type]', 'a type of action; every one unless told')
    .option(...ledgerReason)
    .action(run(async () => (await import('./commands/actions-stop.ts')).actionsStop));
  actions
    .command('resume')
    .description('Go on after a stop')
    .argument('[type]', 'the type that was stopped')
    .action(run(async () => (await import('./commands/actions-resume.ts')).actionsResume));
}

function addApprovals(root: CommanderCommand, run: Run): void {
  const inbox = root
    .command('approvals')
    .description('What waits for a decision: an inbox at a terminal, a list anywhere else')
    .action(run(async () => (await import('./commands/approvals.ts')).approvals));
  inbox
    .command('approve')
    .description('Approve one action at this terminal, or be led to the page where it takes more')
    .argument(...named)
    .option(...ledgerReason)
    .action(run(async () => (await import('./commands/approvals-approve.ts')).approvalsApprove));
  inbox
    .command('decline')
    .description('Decline one action at this terminal')
    .argument(...named)
    .option(...ledgerReason)
    .action(run(async () => (await import('./commands/approvals-decline.ts')).approvalsDecline));
  inbox
    .command('link')
    .description('A new link that signs you in at the page that is being served')
    .option(...pagePort)
    .action(run(async () => (await import('./commands/approvals-link.ts')).approvalsLink));
}

function addApprovers(root: CommanderCommand, run: Run): void {
  const list = run(async () => (await import('./commands/approvers-list.ts')).approversList);
  const approvers = root
    .command('approvers')
    .description('Who may decide: list, grant, revoke, confirm, link')
    .action(list);
  approvers
    .command('list')
    .description('Rights in force, whose passkeys count, and what a decision here can prove')
    .action(list);
  approvers
    .command('grant')
    .description('Give an account the right to decide')
    .argument('<account>', 'source and immutable id as "adjutant people" shows them')
    .option('--type <type>', 'only about this type of action, such as pr.merge')
    .option('--escalation <n>', 'only once an action has escalated so often, 1 to 9')
    .action(run(async () => (await import('./commands/approvers-grant.ts')).approversGrant));
  approvers
    .command('revoke')
    .description('Take a right back; what it approved and is not done needs another approval')
    .argument('<grant>', 'the id that the list prints')
    .action(run(async () => (await import('./commands/approvers-revoke.ts')).approversRevoke));
  approvers
    .command('confirm')
    .description(
      'Let passkeys, rights and accounts of a restored or adopted store count again; without ids it lists them',
    )
    .argument('[ids...]', 'ids that the list prints')
    .option('--people', 'all people whose accounts wait')
    .option('--yes', 'without a question')
    .action(run(async () => (await import('./commands/approvers-confirm.ts')).approversConfirm));
  approvers
    .command('link')
    .description('A link that signs another person in at the page, to enrol a passkey and decide')
    .argument('<person>', 'name, account, or the end of an id')
    .option(...pagePort)
    .action(run(async () => (await import('./commands/approvers-link.ts')).approversLink));
}

function addTokens(root: CommanderCommand, run: Run): void {
  const list = run(async () => (await import('./commands/tokens-list.ts')).tokensList);
  const tokens = root
    .command('tokens')
    .description('What programs and assistants show over HTTP: list, create, revoke')
    .action(list);
  tokens
    .command('list')
    .description('Whom each stands for, what it may do, until when')
    .action(list);
  tokens
    .command('create')
    .description('Make one; it is printed this once')
    .argument('<name>', 'what you tell it from others by')
    .requiredOption(
      '--scope <scope>',
      'read, propose, report, write, metrics or mcp (repeat for others)',
      collected,
    )
    .option('--agent <name>', 'for an assistant of this name, which works for you')
    .option('--days <n>', 'how long it holds (90 unless told, 366 at most)')
    .action(run(async () => (await import('./commands/tokens-create.ts')).tokensCreate));
  tokens
    .command('revoke')
    .description('End one at once')
    .argument('<token>', 'its id, or the end of it, as the list shows it')
    .action(run(async () => (await import('./commands/tokens-revoke.ts')).tokensRevoke));
}
