// Which function computes one item of each kernel.
import { adam, dropout, sumPositions } from './elementwise';
import { filterGradient, packGradient, spreadGradient } from './filterGradient';
import { gather, packPanel } from './gather';
import { Kernel } from './layout';
import { imageMoments, mergeMoments, normalise } from './normalisation';
import { imageSums, mergeSums, normalisationGradient } from './normalisationGradient';
import { toOneChannel } from './oneChannel';

export function runItem(kernel: i32, args: usize, item: i32, scratch: usize): void {
  switch (kernel) {
    case Kernel.packPanel:
      return packPanel(args, item);
    case Kernel.gather:
      return gather(args, item, scratch);
    case Kernel.toOneChannel:
      return toOneChannel(args, item, scratch);
    case Kernel.packGradient:
      return packGradient(args, item);
    case Kernel.spreadGradient:
      return spreadGradient(args, item);
    case Kernel.filterGradient:
      return filterGradient(args, item, scratch);
    case Kernel.sumPositions:
      return sumPositions(args, item);
    case Kernel.dropout:
      return dropout(args, item);
    case Kernel.adam:
      return adam(args, item);
    case Kernel.imageMoments:
      return imageMoments(args, item);
    case Kernel.mergeMoments:
      return mergeMoments(args);
    case Kernel.normalise:
      return normalise(args, item);
    case Kernel.imageSums:
      return imageSums(args, item);
    case Kernel.mergeSums:
      return mergeSums(args);
    case Kernel.normalisationGradient:
      return normalisationGradient(args, item);
    default:
      unreachable();
  }
}
