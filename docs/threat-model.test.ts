import { expect, test } from 'vitest';
import { filesBelow, read } from './testing/markdown.ts';
import { adversaryWords, testTitles } from './testing/titles.ts';

/** Each line of the page's tables, with words of the tests and adversaries that try it. */
const proofs: Readonly<Record<string, readonly string[]>> = {
  // An assistant, through MCP
  'decide as an agent, or name itself a person': ['a client that decides as an agent'],
  'answer every question that a client shows': ['a client that accepts every elicitation'],
  'answer a question that was never shown': ['sends a yes for the form that it was never shown'],
  'name actions that are not there': ['a client that forges ids'],
  'propose other words under a key that was used': [
    'a client that edits the payload after approval',
  ],
  'get at a session or a link': [
    'an assistant gets no link',
    'an assistant has no way to a session',
  ],
  'change the content after approval': ['a client that edits the payload after approval'],
  'bury a proposal under others': ['takes no more from one assistant than people can look through'],
  'send a secret along in a text': ['leaves no secret in the store, whoever wrote it and wherever'],
  'use one approval for another action, revision or verdict': ['a client that reuses an approval'],
  'replay an approval': ['a client that replays old approvals'],
  'have the target moved in between (head, base, checks, review)': [
    'between the approval and the merge',
  ],
  'talk a reviewer into it': ['facts of Adjutant first, warnings before the rest'],
  'hide something in the text (direction marks, invisible characters)': [
    'an assistant that hides words',
    'nothing that draws nothing gets through to',
  ],
  'have a text approved that nobody reads to its end': [
    'every character of a text is shown, however long it is',
  ],
  'push words out of view (blank lines, wide gaps, stacked marks)': ['%s is a fact in the preview'],
  'hide words in Markdown, or show others than it sends at GitHub': [
    'what GitHub draws otherwise than it stands is told',
  ],
  // A web page in your browser
  'send a decision with your cookie': ['a change without the page’s own token'],
  'do so from another port of localhost': ['another site cannot begin or end one'],
  'reach the page under another name (DNS rebinding)': [
    'the page answers at its own name on loopback, and to no other name',
  ],
  'frame it, script it, load something into it': [
    'runs nothing inline, loads nothing from elsewhere, is framed by nobody',
  ],
  'sign you in as somebody else': ['another site cannot sign a browser in'],
  'end a sign-in through your provider that it began': [
    'an answer is taken once, and only by the browser that asked',
  ],
  'have your passkey sign at its own address': [
    'a passkey that was used at another port, or too late, decides nothing',
  ],
  // Whoever reaches the address
  'guess a link, a session or a token': ['a stranger may begin, fail and show wrong tokens'],
  'learn who is here, or which passkeys there are': [
    'a passkey of nobody, or used at another port',
  ],
  'sign in through the provider with any account': ['nobody is made'],
  'come to be somebody by a commit (author, mailmap)': [
    'unknown where only a rule says so, nobody verified it',
  ],
  'forge a token of the authorization server': [
    'one that nobody signed, or that the public key signed, is refused',
  ],
  'use a token that was made for another server': ['one for another resource opens nothing'],
  'keep others out by bad sign-ins or tokens': [
    'whoever tries from one address keeps nobody at another from signing in',
    'an answer to what was begun here is taken, whatever others at the address brought',
  ],
  'keep webhooks or Slack out by bodies that do not come': [
    'unsigned bodies that do not come keep no webhook out',
    'two addresses with slow bodies keep nobody else from',
  ],
  'keep the process busy': ['one address has its share of connections'],
  'read along, where TLS is missing': ['over TLS the browser is told to stay there'],
  // Whoever has somebody's …
  token: ['does what its scopes name, without an origin, and nothing else'],
  "token with an assistant's name": [
    'an assistant’s token reads for its person and changes nothing of the workspace',
  ],
  "session's cookie": ['is over after twelve hours', 'high risk takes a passkey'],
  'account at the provider': ['somebody who signs in at the provider is signed in here'],
  // Whoever writes a file that you come to have
  "have its store's approvals carried out with your token": [
    'a clone with a configuration and a store in which an action is approved',
  ],
  'name a host and one of your variables': ['nothing is believed, sent, written or shown'],
  'change what you trusted: a host, a path, a policy, a link': [
    'that came or changed is asked about',
  ],
  "have a variable's value printed, stored or sent in an address": [
    'no value gets out, no host is unnamed',
  ],
  'take the token of your store': [
    'the token of a store goes to the host beside it and to no other',
  ],
  'bring its own trust along, where your data folder would be': [
    'no trust is believed, no store adopted, no token sent',
  ],
  'link the configuration to a secret file, to read it in an error': [
    'nothing is believed, sent, written or shown',
  ],
  'lead git to another repository of yours, to have it read': [
    'by %s after it was trusted is not followed',
    'by %s is refused, and nothing of it is told',
  ],
  'lie above your folder, or be writable by others': ['what others could write counts as nothing'],
  'block or fill a process: a pipe, a device, a huge file, aliases': [
    'nothing is believed, sent, written or shown',
  ],
  'make git wait: a pipe or a device among its files': ['for a pipe at %s'],
  'bring a store that acts: triggers, views, an index that hides': [
    'a store that somebody else made',
  ],
  'bring a journal by which SQLite deletes a file of yours': [
    'SQLite itself would take that file away',
  ],
  // A program of the same operating-system user: refused
  'approve high risk at the terminal or in the page': [
    'a program that runs the terminal inbox in a pseudo-terminal',
    'a program that fetches the page and its link',
  ],
  'insert a decision row, or raise the grade in one': ['a program that inserts decision rows'],
  'use a passkey row of its own': ['a program that enrols or replaces an authenticator'],
  "replace the public key in your passkey's row": [
    'a program that enrols or replaces an authenticator',
  ],
  'delete all passkeys and enrol as the first': [
    'emptying the table does not bring a second first one',
  ],
  'bring a revoked passkey back by its row': ['a revoked one proves nothing'],
  'insert a right to decide': ['a row written past Adjutant gives no right'],
  'make two people one, or somebody administrator': [
    'a merge written past Adjutant moves no rights',
    'joins the owner with somebody',
  ],
  'set an executed or withdrawn action back': [
    'sends nothing again whose first attempt was taken out of the table',
  ],
  'put an older store in place, where it is approved': [
    'an action of a store that is older than what it did',
  ],
  'exchange the preview, to lower the risk it found': [
    'refuses a preview that was edited after the approval',
  ],
  'write a link or a press of a button into the store': [
    'through a link that was written past Adjutant',
  ],
  'have a passkey sign at another port of localhost': [
    'counts only where this process serves the page, once it serves one',
  ],
  'make a policy that asks nothing of high risk': [
    'never runs high risk without a decision, whatever a policy answers',
  ],
  // … and found
  'rewrites the ledger, all of it, with the signing key, to name its own first passkey': [
    'names whose first authenticator was exchanged, the ledger rewritten to fit',
  ],
  'edits, removes or cuts off entries': ['finds whatever single byte of an entry is changed'],
  'changes decisions, rights, passkeys, merges or roles without an entry, or takes them out': [
    'are found: two people who were made one, and an administrator',
  ],
  'edits what was proposed, shown, decided or done, a token, a session, an account or a name': [
    'a program that edits the words of what was carried out',
    'is found in every column of',
  ],
  'edits such a row and has Adjutant write over it, or remove it': [
    'is still told of where somebody',
  ],
  'hides a row from an index that decisions read by, or puts in one that the walk misses': [
    'is found where it says otherwise than its table',
    'the ledger does not verify where',
  ],
  'plants the mark of an erasure, so that edited words pass for erased ones': [
    'a mark that was planted is a finding',
    'an edit of erased words is found',
  ],
  'leaves a trigger in the file that changes what Adjutant writes': [
    'has no say in what is written and is named where it',
  ],
  'leaves an action otherwise than its last entry does, or has it carried out twice': [
    'are found: an action that waits to be carried out again',
  ],
  'adds a workspace, or takes one out that a checkpoint tells of': [
    'every workspace of a store is looked at, the default one first',
    'of a workspace that was taken out as a whole its checkpoint tells',
  ],
  'forges a decision of presence together with an entry that fits': [
    'writes an approval with a made-up proof; another one with an entry that fits the chain',
  ],
};

const page = read('docs/security/threat-model.md');
const rows = [...page.matchAll(/^\| ([^|\n]+?) +\| [^|\n]+\|$/gm)]
  .map(([, first]) => first ?? '')
  .filter((first) => !/^-+$/.test(first) && !/^(?:it|whoever has|a stranger) /.test(first));

test('each line of its tables is tried by somebody, and no proof is of a line that is gone', () => {
  expect(Object.keys(proofs).toSorted()).toEqual(rows.toSorted());
});

test('what tries it is the title of a test, or what an adversary says of itself', () => {
  const titles = [
    ...filesBelow('packages', '.test.ts').flatMap((path) => testTitles(read(path))),
    ...filesBelow('e2e/adversaries', '.ts').flatMap((path) => adversaryWords(read(path))),
  ];
  const missing = Object.values(proofs)
    .flat()
    .filter((words) => !titles.some((title) => title.includes(words)));
  expect(missing).toEqual([]);
  expect(Object.values(proofs).filter((tried) => tried.length === 0)).toEqual([]);
});

test('a comment, a value or a row of a test is no title of it', () => {
  const source = `
    // said in a comment
    test('a title', () => expect('a value').toBe('a value'));
    describe.each([['a row']])('rows: %s', () => void it(\`one of \${'many'}\`, () => undefined));
    const other = { name: 'an adversary', tries: 'something', ended: 'refused' };`;
  expect(testTitles(source)).toEqual(['a title', 'rows: %s', "`one of ${'many'}`"]);
  expect(adversaryWords(source)).toEqual(['an adversary', 'something']);
});
