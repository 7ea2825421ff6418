import { viewerLabel } from '@adjutant/core/domain';
import type { OpenAdjutant } from './open-adjutant.ts';
import type { Output } from './output.ts';

/** Says where the page is, who signs in by the link, and how sure a decision here can be. */
export async function tellServing(
  output: Output,
  { adjutant, handle }: Pick<OpenAdjutant, 'adjutant' | 'handle'>,
  { origin, link }: { origin: string; link: string },
): Promise<void> {
  const grade = await adjutant.approvers().grade();
  const policy = await adjutant.policy();
  const waiting = policy?.waiting ?? null;
  const told = { origin, link, signsIn: viewerLabel(handle.viewer), assurance: grade.assurance };
  output.answer({ ...told, policyWaits: waiting !== null }, () =>
    [
      `Approvals: ${origin}`,
      `Sign in once, within five minutes: ${link}`,
      '',
      `A decision here can prove: ${grade.assurance}. ${grade.reasons.join(' ')}`,
      ...(grade.nextStep === null ? [] : [grade.nextStep]),
      ...(waiting === null
        ? []
        : [
            '',
            'The policy file asks for less than what holds; that waits for an approval as policy.update.',
          ]),
      '',
      'This process carries out what is approved, until Ctrl-C.',
    ].join('\n'),
  );
}
