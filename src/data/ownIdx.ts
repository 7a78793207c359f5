// The visitor's IDX files: images of one or several files, and their labels where every one has a file of labels.
import { GanvasError } from '../config/errors.ts';
import { concat } from './bytes.ts';
import { type LabelledImages, pixelsPerImage } from './dataset.ts';
import { idxKind, readIdxImages, readIdxLabels } from './idx.ts';

/** A file that has been read, and unpacked if it was gzipped. */
export interface ReadFile {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * Joins the images in the order of the files: all four MNIST files together give 70,000.
 * @throws GanvasError 'bad-file' or 'wrong-shape', as readIdxImages and readIdxLabels do, and 'bad-file' for labels
 * without images, for some of the images only, or whose number differs
 */
export function readIdxFiles(files: readonly ReadFile[]): LabelledImages {
  const labelFiles = files.filter(({ content }) => idxKind(content) === 'labels');
  const imageFiles = files.filter((file) => !labelFiles.includes(file));
  if (imageFiles.length === 0) {
    throw new GanvasError('labels-only', { files: namesOf(labelFiles) });
  }
  if (labelFiles.length !== 0 && labelFiles.length !== imageFiles.length) {
    throw new GanvasError('labels-for-some', { images: namesOf(imageFiles), labels: namesOf(labelFiles) });
  }
  const images = imageFiles.map(({ content, name }) => readIdxImages(content, name));
  const labels =
    labelFiles.length === 0
      ? null
      : imageFiles.map((file, index) => {
          const found = partner(file, imageFiles, labelFiles);
          const read = readIdxLabels(found.content, found.name);
          const count = (images[index]?.length ?? 0) / pixelsPerImage;
          if (read.length !== count) {
            const facts = { file: found.name, labels: read.length, images: count, imagesFile: file.name };
            throw new GanvasError('labels-count', facts);
          }
          return read;
        });
  return { images: joined(images), labels: labels && joined(labels) };
}

/** One of each belong together whatever their names; of several, those whose names begin alike, as MNIST's do. */
function partner(file: ReadFile, imageFiles: readonly ReadFile[], labelFiles: readonly ReadFile[]): ReadFile {
  const alike = (files: readonly ReadFile[]) => files.filter(({ name }) => stem(name) === stem(file.name));
  const [found, ...others] = imageFiles.length === 1 ? labelFiles : alike(labelFiles);
  // Nor may two files of images have the same labels.
  if (found === undefined || others.length > 0 || alike(imageFiles).length > 1) {
    throw new GanvasError('labels-unclear', { file: file.name, labels: namesOf(labelFiles) });
  }
  return found;
}

/** 'train-images-idx3-ubyte.gz' → 'train-'. */
function stem(name: string): string {
  return name.toLowerCase().replace(/(images|labels).*$/, '');
}

const namesOf = (files: readonly ReadFile[]): readonly string[] => files.map(({ name }) => name);

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts;
  return parts.length === 1 && only ? only : concat(parts);
}
