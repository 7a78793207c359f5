// What the self-test's step gives in stock tfjs on its CPU backend, recorded by `npm run record:self-test`.
import type { SelfTestReference } from './selfTest.ts';

export const reference: SelfTestReference = {
  losses: { generator: 0.655811, discriminator: 0.719716 },
  gradients: {
    'generator/dense/kernel': { norm: 0.00334551, sums: [0.00206151, -0.000566452, 0.00627167, 0.00316158] },
    'generator/dense/bias': { norm: 0.00338795, sums: [-0.00677105, 0.000166278, -0.0025748, -0.000988386] },
    'generator/upsample1/kernel': { norm: 0.0229472, sums: [-0.015005, -0.00083547, -0.00201641, 0.0437143] },
    'generator/upsample1/bias': { norm: 0.0118725, sums: [0.0230715, -0.00209511, -0.0174446, -0.0227013] },
    'generator/upsample2/kernel': { norm: 0.0325874, sums: [0.0571247, -0.00104913, -0.0145984, -0.0278683] },
    'generator/upsample2/bias': { norm: 0.0143601, sums: [0.00356544, 0.0121063, 0.0117364, -0.00164708] },
    'generator/output/kernel': { norm: 0.0716612, sums: [0.116947, -0.0130102, 0.0276016, -0.126309] },
    'generator/output/bias': { norm: 0.0169917, sums: [-0.0169917, 0.0169917, 0.0169917, -0.0169917] },
    'discriminator/conv1/kernel': { norm: 0.0627508, sums: [-0.0636194, -0.0134363, 0.00224445, 0.013981] },
    'discriminator/conv1/bias': { norm: 0.0230714, sums: [-0.0238182, 0.0292848, 0.0387859, -0.00698558] },
    'discriminator/conv2/kernel': { norm: 0.0826899, sums: [0.0288821, 0.0697632, 0.0244354, 0.0365686] },
    'discriminator/conv2/bias': { norm: 0.0235849, sums: [-0.0107058, 0.00729109, 0.0386441, -0.0198945] },
    'discriminator/dense/kernel': { norm: 0.244466, sums: [0.341344, -0.236414, 0.047628, -0.203294] },
    'discriminator/dense/bias': { norm: 0.0962713, sums: [-0.0962713, 0.0962713, 0.0962713, -0.0962713] },
  },
};
