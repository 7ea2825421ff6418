import { type CompiledPolicy, compileClosures } from './compile-policy.ts';
import { defaultPolicyDocument } from './default-policy.ts';

/** Knows no type of action, so every one needs approval: what holds until a policy was read. */
export const unreadPolicy: CompiledPolicy = {
  ...compileClosures(defaultPolicyDocument, { actionTypes: [] }),
  hash: 'unread',
};
