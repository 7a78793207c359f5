// A network layer by layer, as Keras's summary prints it: output shape and parameters.
import { type Layer, layersOf, type NetworkName } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import { layerParameters, parameterCount } from '../../config/weights.ts';
import { count, setting, shape } from '../../page/state/format.ts';
import styles from './HowItWorks.module.css';

const titles: Record<NetworkName, string> = { generator: 'Generator', discriminator: 'Discriminator' };

export function NetworkTable({ network, config }: { readonly network: NetworkName; readonly config: RunConfig }) {
  return (
    // Wide enough to scroll on a phone, hence to be reached with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
    <section className={styles.scroll} tabIndex={0} aria-label={`${titles[network]}, layer by layer`}>
      <table className={styles.table} data-kind={network}>
        <caption>
          {titles[network]}: {count(parameterCount(network, config))} parameters
        </caption>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">Output shape</th>
            <th scope="col">Parameters</th>
          </tr>
        </thead>
        <tbody>
          {layersOf(network, config).map((layer) => (
            <tr key={layer.name}>
              <th scope="row">
                {layer.kind} <span className={styles.detail}>{detailOf(layer)}</span>
              </th>
              <td>{shape(layer.outputShape)}</td>
              <td>{count(layerParameters(layer))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td />
            <td>{count(parameterCount(network, config))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function detailOf(layer: Layer): string {
  switch (layer.kind) {
    case 'Conv2D':
    case 'Conv2DTranspose': {
      const act = layer.kind === 'Conv2D' && layer.activation === 'sigmoid' ? ', sigmoid' : '';
      return `${layer.kernel}×${layer.kernel}, stride ${layer.strides}${act}`;
    }
    case 'LeakyReLU':
      return String(layer.slope);
    case 'Dropout':
      return setting(layer.rate);
    case 'BatchNormalization':
      return `momentum ${layer.momentum}`;
    case 'Dense':
    case 'Reshape':
    case 'Flatten':
      return '';
    default:
      return layer satisfies never;
  }
}
