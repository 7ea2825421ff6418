import { changeMute } from '../change-mute.ts';
import type { Command } from '../command-context.ts';

/** `adjutant rules unmute <rule> [--finding id]` */
export const rulesUnmute: Command = (context, raw) => changeMute(context, raw, false);
