import { decideCommand } from '../decide-command.ts';

/** `adjutant approvals decline <action>` */
export const approvalsDecline = decideCommand('decline');
