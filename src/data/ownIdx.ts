// The visitor's IDX files: images of one or several files, and their labels where every one has a file of labels.
import { GanvasError } from '../config/errors.ts';
import { concat, grouped } from './bytes.ts';
import { type LabelledImages, pixelsPerImage } from './dataset.ts';
import { idxKind, readIdxImages, readIdxLabels } from './idx.ts';

/** A file that has been read, and unpacked if it was gzipped. */
export interface ReadFile {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * Joins the images in the order of the files: all four MNIST files together give 70,000.
 * @throws GanvasError 'bad-file' or 'wrong-shape', as readIdxImages and readIdxLabels do, and 'bad-file' for labels without images,
 * for some of the images only, or whose number differs
 */
export function readIdxFiles(files: readonly ReadFile[]): LabelledImages {
  const labelFiles = files.filter(({ content }) => idxKind(content) === 'labels');
  const imageFiles = files.filter((file) => !labelFiles.includes(file));
  if (imageFiles.length === 0) {
    const names = labelFiles.map(({ name }) => name).join(', ');
    throw new GanvasError('bad-file', `${names} holds labels only: choose the file of images, too.`);
  }
  if (labelFiles.length !== 0 && labelFiles.length !== imageFiles.length) {
    const [images, labels] = [named(imageFiles, 'images'), named(labelFiles, 'labels')];
    throw new GanvasError(
      'bad-file',
      `${images} and ${labels} were chosen: every file of images needs one of labels, or none does.`,
    );
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
            throw new GanvasError(
              'bad-file',
              `${found.name} holds ${grouped(read.length)} labels for the ${grouped(count)} images of ${file.name}.`,
            );
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
    const names = labelFiles.map(({ name }) => name).join(', ');
    throw new GanvasError('bad-file', `It is not clear which labels belong to ${file.name}: ${names}.`);
  }
  return found;
}

/** 'train-images-idx3-ubyte.gz' → 'train-'. */
function stem(name: string): string {
  return name.toLowerCase().replace(/(images|labels).*$/, '');
}

/** '2 files of images (a, b)' */
function named(files: readonly ReadFile[], what: 'images' | 'labels'): string {
  const names = files.map(({ name }) => name).join(', ');
  return `${files.length} ${files.length === 1 ? 'file' : 'files'} of ${what} (${names})`;
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts;
  return parts.length === 1 && only ? only : concat(parts);
}
