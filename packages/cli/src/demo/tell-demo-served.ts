import { plainText } from '@adjutant/insights';
import type { CommandContext } from '../command-context.ts';
import type { DemoSignIn } from './demo-sign-ins.ts';
import type { ProposedMerge } from './propose-merge.ts';

/** What there is to see, and who may sign in to see it. */
export interface DemoServed {
  origin: string;
  signIns: readonly DemoSignIn[];
  waiting: ProposedMerge;
}

/** Says where the demo's page is and what waits there; with --json in one line, for a program. */
export function tellDemoServed(
  { io, output }: Pick<CommandContext, 'io' | 'output'>,
  { origin, signIns, waiting }: DemoServed,
): void {
  const { id, repository, number } = waiting;
  const address = `${origin}/actions/${id}`;
  if (output.isJson) {
    const told = { origin, signIns, waiting: { id, repository, number, address } };
    io.stdout.write(`${JSON.stringify(told)}\n`);
    return;
  }
  const { bold } = output.colors;
  output.answer(null, () =>
    [
      '',
      bold('The dashboard of this team, on its Monday'),
      `  ${origin}`,
      '  Each link signs in once, within five minutes; each role sees and does other things:',
      ...signIns.map(
        ({ name, role, link }) => `  ${role.padEnd(6)}  ${plainText(name)}\n          ${link}`,
      ),
      '',
      `  The assistant proposed one more merge, #${number} of ${plainText(repository)}; it waits for a passkey:`,
      `  ${address}`,
      '',
      'What is approved is carried out at the made-up GitHub, until Ctrl-C.',
    ].join('\n'),
  );
}
