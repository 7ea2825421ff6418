import { type Copy, type Dockerfile, DockerfileParser, type Instruction } from 'dockerfile-ast';

/** One stage of a Dockerfile, with what it takes over from the stages below it. */
export interface Stage {
  name: string | null;
  /** Its base image with variables filled in, or the name of an earlier stage. */
  base: string;
  /** The instructions that hold in it, those of earlier stages that it is built on first. */
  instructions: readonly Instruction[];
}

/** One `COPY`: what it takes, and from which stage; null for the build context. */
export interface CopiedFiles {
  from: string | null;
  sources: readonly string[];
  target: string;
}

/** Returns the stages of a Dockerfile, the first one first. */
export function readStages(text: string): Stage[] {
  const dockerfile = DockerfileParser.parse(text);
  const stages: Stage[] = [];
  for (const image of [...dockerfile.getFROMs()]) {
    const line = image.getRange().start.line;
    const base = fillIn(image.getImage() ?? '', dockerfile, line);
    const own = instructionsOf(dockerfile, line);
    const below = stages.find(({ name }) => name === base)?.instructions ?? [];
    stages.push({ name: image.getBuildStage(), base, instructions: [...below, ...own] });
  }
  return stages;
}

/** Returns what the instructions of one keyword are given, in their order. */
export function argumentsOf(stage: Stage, keyword: string): string[] {
  return stage.instructions
    .filter((instruction) => instruction.getKeyword() === keyword)
    .map((instruction) => instruction.getArgumentsContent() ?? '');
}

/** Returns every `COPY` of a Dockerfile. */
export function readCopies(text: string): CopiedFiles[] {
  return DockerfileParser.parse(text)
    .getCOPYs()
    .map((copy: Copy) => {
      const words = copy.getArguments().map((argument) => argument.getValue());
      const from =
        copy
          .getFlags()
          .find((flag) => flag.getName() === 'from')
          ?.getValue() ?? null;
      return { from, sources: words.slice(0, -1), target: words.at(-1) ?? '' };
    });
}

function instructionsOf(dockerfile: Dockerfile, fromLine: number): Instruction[] {
  const all = dockerfile.getInstructions();
  const start = all.findIndex((instruction) => instruction.getRange().start.line === fromLine);
  const rest = all.slice(start + 1);
  const end = rest.findIndex((instruction) => instruction.getKeyword() === 'FROM');
  return end === -1 ? rest : rest.slice(0, end);
}

function fillIn(text: string, dockerfile: Dockerfile, line: number): string {
  return text.replaceAll(
    /\$\{(\w+)\}/g,
    (whole, name: string) => dockerfile.resolveVariable(name, line) ?? whole,
  );
}
