//! What the shop sells.

use serde::Serialize;

/// A product; `id` also names its picture.
#[derive(Serialize)]
pub(super) struct Product {
    pub(super) id: &'static str,
    name: &'static str,
    description: &'static str,
    /// In whole units of the shop's currency.
    pub(super) price: u32,
}

pub(super) const PRODUCTS: &[Product] = &[
    Product {
        id: "sofa",
        name: "Linen sofa",
        description: "Three seats, removable covers, oak feet.",
        price: 3_600,
    },
    Product {
        id: "bookcase",
        name: "Walnut bookcase",
        description: "Five shelves that carry real books.",
        price: 2_400,
    },
    Product {
        id: "desk",
        name: "Standing desk",
        description: "Oak top, quiet motor, two heights remembered.",
        price: 1_850,
    },
    Product {
        id: "chair",
        name: "Wool armchair",
        description: "For the second half of a long novel.",
        price: 1_250,
    },
    Product {
        id: "lamp",
        name: "Paper lamp",
        description: "Washi shade, warm light, folds flat.",
        price: 180,
    },
    Product {
        id: "planter",
        name: "Clay planter",
        description: "Thrown by hand, with a saucer.",
        price: 40,
    },
];

/// The product with this id.
pub(super) fn find(id: &str) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.id == id)
}
