import { decideCommand } from '../decide-command.ts';

/** `adjutant approvals approve <action>` */
export const approvalsApprove = decideCommand('approve');
