// Everything that JavaScript and the compiled kernels share in memory, laid out once. JavaScript writes the words by
// name; compile.ts turns the layouts into the AssemblyScript classes that assembly/ imports from './layout'.

/** What a word of 32 bits holds: `u32` an address (0: none), `i32` a whole number, `f32` a float. */
type WordType = 'u32' | 'i32' | 'f32';
type Layout = Readonly<Record<string, WordType>>;

/** The arguments of each kernel. A job runs one kernel on a number of items, which the threads share out. */
export const kernelArguments = {
  /** A filter as panels of 8 columns; columns beyond the last are zero. An item is one panel. */
  packPanel: {
    source: 'u32',
    target: 'u32',
    /** i32 [taps]: the filter's taps in the order in which the panel wants them. */
    order: 'u32',
    taps: 'i32',
    depth: 'i32',
    columns: 'i32',
    /** Element (tap, c, n) is source[order[tap] · tapStride + c · depthStride + n · columnStride]. */
    tapStride: 'i32',
    depthStride: 'i32',
    columnStride: 'i32',
  },
  /** A convolution in gathering form. An item is one image, one phase and one group of panels. */
  gather: {
    /** [batch, height, width, depth] */
    input: 'u32',
    height: 'i32',
    width: 'i32',
    depth: 'i32',
    /** [batch, outHeight, outWidth, columns] */
    output: 'u32',
    outHeight: 'i32',
    outWidth: 'i32',
    columns: 'i32',
    /** Steps from one position to the next, in the input and in the output. */
    inStride: 'i32',
    outStride: 'i32',
    /** Phase [phaseCount] */
    phases: 'u32',
    phaseCount: 'i32',
    /** Taps of all phases, which lie one after the other in each panel. */
    panelTaps: 'i32',
    /** Panels are shared out in so many groups. */
    groups: 'i32',
    /** `after.bias` | … */
    after: 'i32',
    /** [columns], or 0. */
    bias: 'u32',
    /** The output of an activation in the shape of this output, or 0. */
    gate: 'u32',
    slope: 'f32',
    /** At least `depth` zeros: what taps read beyond the edge. */
    zeros: 'u32',
    /** 1: all taps of a position are copied side by side first, which pays where the input has few channels. */
    copied: 'i32',
  },
  /** A convolution to one channel. An item is one image. */
  toOneChannel: {
    /** [batch, height, width, depth] */
    input: 'u32',
    height: 'i32',
    width: 'i32',
    depth: 'i32',
    /** [batch, height, width, 1] */
    output: 'u32',
    /** [⌈kernel²/8⌉, depth, 8]: a column for each tap. */
    panels: 'u32',
    kernel: 'i32',
    before: 'i32',
    /** f32 [1], or 0. */
    bias: 'u32',
  },
  /** dy, 8 channels at a time: [batch, ⌈columns/8⌉, positions, 8], zero beyond the last. An item is one image. */
  packGradient: {
    /** [batch, positions, columns] */
    dy: 'u32',
    target: 'u32',
    positions: 'i32',
    columns: 'i32',
  },
  /**
   * dy of one channel, copied once for each tap of a kernel, so that the taps become channels: at tap (ky, kx) and
   * position (y, x) it is dy at (y + before − ky, x + before − kx). [batch, ⌈kernel²/8⌉, height · width, 8]. An item is
   * one image.
   */
  spreadGradient: {
    /** [batch, height, width, 1] */
    dy: 'u32',
    target: 'u32',
    height: 'i32',
    width: 'i32',
    kernel: 'i32',
    before: 'i32',
  },
  /** A filter's gradient. An item is 4 input channels and one group of kernel rows. */
  filterGradient: {
    /** [batch, height, width, depth] */
    input: 'u32',
    batch: 'i32',
    height: 'i32',
    width: 'i32',
    depth: 'i32',
    /** dy as packGradient or spreadGradient packs it. */
    gradient: 'u32',
    outHeight: 'i32',
    outWidth: 'i32',
    columns: 'i32',
    kernel: 'i32',
    stride: 'i32',
    /** Padding above and to the left. */
    above: 'i32',
    leftward: 'i32',
    /** Of the padded input. */
    paddedHeight: 'i32',
    paddedWidth: 'i32',
    /** Element (tap, c, n) goes to target[tap · tapStride + c · depthStride + n · columnStride]. */
    target: 'u32',
    tapStride: 'i32',
    depthStride: 'i32',
    columnStride: 'i32',
    /** Kernel rows are shared out in so many groups. */
    groups: 'i32',
  },
  /** [batch, positions, columns] → sums over positions, [batch, columns]. An item is one image. */
  sumPositions: {
    input: 'u32',
    output: 'u32',
    positions: 'i32',
    columns: 'i32',
  },
  /** output = input · mask, and with a `gate` also · LeakyReLU′. An item is `elementsPerItem` of `size` numbers. */
  dropout: {
    input: 'u32',
    output: 'u32',
    /** The output of a LeakyReLU, or 0. */
    gate: 'u32',
    size: 'i32',
    slope: 'f32',
    /** The key of the random stream; see src/gan/random/stream.ts, whose numbers these are to the last bit. */
    low: 'i32',
    high: 'i32',
    /** An even number: the index of the first element in the stream. */
    start: 'i32',
    /** Of 65,536; 0: no dropout. */
    threshold: 'i32',
    scale: 'f32',
  },
  /** One update by Adam, in place; see src/gan/ops/base/kernels.ts. An item is `elementsPerItem` of `size` numbers. */
  adam: {
    variable: 'u32',
    gradient: 'u32',
    first: 'u32',
    second: 'u32',
    size: 'i32',
    beta1: 'f32',
    /** 1 − beta1, computed in float64: from beta1 in float32 it would not be exact enough. beta2 likewise. */
    rest1: 'f32',
    beta2: 'f32',
    rest2: 'f32',
    rate: 'f32',
    correction: 'f32',
    epsilon: 'f32',
  },
  /** The moments of each image. An item is one image. */
  imageMoments: {
    /** [batch, positions, channels] */
    x: 'u32',
    /** [batch, 2, channels]: the means of each image, and the sums of squared distances from them. */
    perImage: 'u32',
    positions: 'i32',
    channels: 'i32',
  },
  /** The moments of the batch. The only item is all channels. */
  mergeMoments: {
    /** The output of imageMoments. */
    perImage: 'u32',
    batch: 'i32',
    positions: 'i32',
    channels: 'i32',
    /** [channels] each */
    mean: 'u32',
    variance: 'u32',
  },
  /** LeakyReLU(γ · (x − mean) / √(variance + ε) + β). An item is one image. */
  normalise: {
    /** [batch, positions, channels] each */
    x: 'u32',
    output: 'u32',
    positions: 'i32',
    channels: 'i32',
    /** [channels] each, as the next three */
    mean: 'u32',
    variance: 'u32',
    gamma: 'u32',
    beta: 'u32',
    epsilon: 'f32',
    slope: 'f32',
  },
  /** The sums for a normalisation's gradients of each image. An item is one image. */
  imageSums: {
    /** [batch, positions, channels] each */
    x: 'u32',
    dy: 'u32',
    /** [batch, 2, channels]: of each image the sums of dy, and of dy · (x − mean). */
    perImage: 'u32',
    positions: 'i32',
    channels: 'i32',
    mean: 'u32',
  },
  /** The gradients by gamma and beta. The only item is all channels. */
  mergeSums: {
    /** The output of imageSums. */
    perImage: 'u32',
    batch: 'i32',
    channels: 'i32',
    /** [channels] each, as the next two */
    variance: 'u32',
    dGamma: 'u32',
    dBeta: 'u32',
    epsilon: 'f32',
  },
  /** dx = γ / √(variance + ε) · (dy − dβ/n − x̂ · dγ/n). An item is one image. */
  normalisationGradient: {
    /** [batch, positions, channels] each */
    x: 'u32',
    dy: 'u32',
    dx: 'u32',
    positions: 'i32',
    channels: 'i32',
    /** [channels] each, as the next four */
    mean: 'u32',
    variance: 'u32',
    gamma: 'u32',
    dGamma: 'u32',
    dBeta: 'u32',
    epsilon: 'f32',
    /** 1 / (batch · positions) */
    share: 'f32',
  },
} as const satisfies Readonly<Record<string, Layout>>;

export const structs = {
  /** What the threads share. The arguments of the running job follow at `argumentsAt`. */
  control: {
    /** Counts the jobs. */
    generation: 'i32',
    /** The next item to take; `closed` between jobs. */
    next: 'i32',
    /** Helpers that are looking at the job. */
    active: 'i32',
    items: 'i32',
    kernel: 'i32',
    /** Each thread has `scratchBytes` of scratch memory here, thread by thread. */
    scratch: 'u32',
    scratchBytes: 'u32',
    /** 1: the owner may sleep, which a page's main thread must not. */
    maySleep: 'i32',
  },
  /** One phase of a gathering convolution. */
  phase: {
    /** Offset [tapCount] */
    taps: 'u32',
    tapCount: 'i32',
    /** Where its taps begin in the first panel, in an array [⌈columns/8⌉, all taps, depth, 8]. */
    panels: 'u32',
    /** The first output row and column. */
    top: 'i32',
    left: 'i32',
  },
  /** Where a tap reads, in rows and columns from the position. */
  offset: {
    row: 'i32',
    column: 'i32',
  },
} as const satisfies Readonly<Record<string, Layout>>;

/** In bytes. */
export const sizes = {
  /** From the control block to a job's arguments. */
  argumentsAt: 64,
  /** The control block with the arguments. */
  controlBytes: 256,
  /** A tile of a matrix product: 4 rows of 8 numbers. */
  tileBytes: 128,
} as const;

export const counts = {
  /** Larger than any number of items: nothing left to take. */
  closed: 0x40000000,
  /** Numbers that one item of an elementwise kernel works on: a multiple of 8. */
  elementsPerItem: 16_384,
} as const;

/** What `gather` does to a result before it stores it: flags. */
export const after = {
  /** + bias[n] */
  bias: 1,
  /** LeakyReLU */
  leaky: 2,
  /** · LeakyReLU′ at the output `gate` of an activation */
  gate: 4,
} as const;

export type KernelName = keyof typeof kernelArguments;
/** A value for each word of a layout: no more, no less. */
export type WordsOf<L extends Layout> = { readonly [Word in keyof L]: number };

const wordBytes = 4;

export const bytesOf = (layout: Layout): number => wordBytes * Object.keys(layout).length;

/** Where a word lies in its layout, in bytes. */
export function offsetOf<L extends Layout>(layout: L, word: keyof L & string): number {
  return wordBytes * Object.keys(layout).indexOf(word);
}

/** Writes all words of a layout, from `address` on. */
export function writeWords<L extends Layout>(
  layout: L,
  memory: ArrayBufferLike,
  address: number,
  values: WordsOf<L>,
): void {
  const view = new DataView(memory, address, bytesOf(layout));
  let at = 0;
  for (const word in layout) {
    if (layout[word] === 'f32') view.setFloat32(at, values[word], true);
    else view.setInt32(at, values[word], true);
    at += wordBytes;
  }
}

const kernelNames = Object.keys(kernelArguments) as KernelName[];

/** The number by which a job names its kernel. */
export const kernelNumber = (name: KernelName): number => kernelNames.indexOf(name);

/**
 * All of the above as an AssemblyScript file: `GatherArguments` and so on for the arguments, `Control` and so on for
 * the structs, the constants under their names, `After.bias` and so on for the flags, `Kernel.gather` and so on for the
 * kernels' numbers.
 */
export function assemblyLayout(): string {
  const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
  const asClass = (name: string, layout: Layout): string => {
    const fields = Object.entries(layout).map(([word, type]) => `  ${word}: ${type};`);
    return `@unmanaged export class ${name} {\n${fields.join('\n')}\n}`;
  };
  const asEnum = (name: string, members: Readonly<Record<string, number>>): string => {
    const lines = Object.entries(members).map(([member, value]) => `  ${member} = ${value},`);
    return `export enum ${name} {\n${lines.join('\n')}\n}`;
  };
  return [
    ...Object.entries(kernelArguments).map(([name, layout]) => asClass(`${capital(name)}Arguments`, layout)),
    ...Object.entries(structs).map(([name, layout]) => asClass(capital(name), layout)),
    ...Object.entries(sizes).map(([name, value]) => `@inline export const ${name}: usize = ${value};`),
    ...Object.entries(counts).map(([name, value]) => `@inline export const ${name}: i32 = ${value};`),
    asEnum('After', after),
    asEnum('Kernel', Object.fromEntries(kernelNames.map((name, number) => [name, number]))),
  ].join('\n\n');
}
