import { AdjutantError } from '@adjutant/core/ports';
import type { CommandContext } from './command-context.ts';

/** Returns whether somebody at the terminal agrees. @throws AdjutantError `InvalidInput` where there is nobody to ask */
export async function confirmAtTerminal(
  { io, output }: CommandContext,
  message: string,
  consequence: string,
): Promise<boolean> {
  if (!io.isInteractive || output.isJson) {
    throw new AdjutantError('InvalidInput', 'There is nobody to ask whether that may be done.', {
      hint: `Add --yes. ${consequence}`,
    });
  }
  return (await (await io.prompts()).confirm({ message, initial: false })) === true;
}
