// The kernels by number: what one item of each is.
import { adam, dropout, sumPositions } from './elementwise';
import { filterGradient, packGradient, spreadGradient } from './filterGradient';
import { gather, packPanel } from './gather';
import { imageMoments, mergeMoments, normalise } from './normalisation';
import { imageSums, mergeSums, normalisationGradient } from './normalisationGradient';
import { toOneChannel } from './oneChannel';

/** The numbers are those of src/gan/ops/wasm/kernels.ts. */
export function runItem(kernel: i32, args: usize, item: i32, scratch: usize): void {
  switch (kernel) {
    case 0:
      return packPanel(args, item);
    case 1:
      return gather(args, item, scratch);
    case 2:
      return toOneChannel(args, item, scratch);
    case 3:
      return packGradient(args, item);
    case 4:
      return spreadGradient(args, item);
    case 5:
      return filterGradient(args, item, scratch);
    case 6:
      return sumPositions(args, item);
    case 7:
      return dropout(args, item);
    case 8:
      return adam(args, item);
    case 9:
      return imageMoments(args, item);
    case 10:
      return mergeMoments(args);
    case 11:
      return normalise(args, item);
    case 12:
      return imageSums(args, item);
    case 13:
      return mergeSums(args);
    case 14:
      return normalisationGradient(args, item);
    default:
      unreachable();
  }
}
