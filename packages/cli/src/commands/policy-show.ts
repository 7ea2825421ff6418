import { policyRules } from '@adjutant/core';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { policyText } from '../policy-text.ts';

/** `adjutant policy show`, and `adjutant policy` */
export const policyShow: Command = async (context) =>
  withAdjutant(context, async ({ adjutant }) => {
    const { output } = context;
    const state = await adjutant.policy();
    if (state === null) {
      const message = 'The policy is an engine of the host.';
      output.answer({ inForce: null, message }, () => message);
      return exitCodes.ok;
    }
    const { inForce, waiting, compiled } = state;
    const rules = policyRules(inForce.policy, compiled.actionTypes);
    const { hash, inForceAt, by, actionId, policy } = inForce;
    const answer = { hash, inForceAt, by, actionId, limits: policy.limits, rules, waiting };
    output.answer(answer, () => policyText(state, rules, output));
    return exitCodes.ok;
  });
