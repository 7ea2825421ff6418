import { changeMute } from '../change-mute.ts';
import type { Command } from '../command-context.ts';

/** `adjutant rules mute <rule> [--finding id] [--reason text]` */
export const rulesMute: Command = (context, raw) => changeMute(context, raw, true);
