//! The people of the demo: two operators of the chat, two customers of the shop.

use bonafide_issuer::Profile;

/// The shop's name in its tokens.
pub(super) const ISSUER: &str = "contosohelp.com";

/// Somebody who signs in to the consoles.
#[derive(Clone, Copy)]
pub(super) struct Operator {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) password: &'static str,
    pub(super) is_administrator: bool,
}

pub(super) const ADMINISTRATOR: Operator = Operator {
    name: "Ada Admin",
    email: "admin@example.com",
    password: "bonafide-demo-admin",
    is_administrator: true,
};

pub(super) const AGENT: Operator = Operator {
    name: "Alex Agent",
    email: "agent@example.com",
    password: "bonafide-demo-agent",
    is_administrator: false,
};

/// Somebody who can sign in to the shop.
pub(super) struct Customer {
    /// Chooses them in the shop's sign-in.
    pub(super) key: &'static str,
    /// Their contact record: `sub`, and `portalcontactid` in the context.
    pub(super) contact: &'static str,
    username: &'static str,
    given_name: &'static str,
    family_name: &'static str,
    pub(super) email: &'static str,
    pub(super) phone: &'static str,
    pub(super) is_vip: bool,
    /// What lies in their cart when they first sign in: product and number.
    pub(super) cart: &'static [(&'static str, u32)],
}

pub(super) const CUSTOMERS: &[Customer] = &[
    Customer {
        key: "bert",
        contact: "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
        username: "a184fade-d7d0-40e5-9c33-97478491d352",
        given_name: "Bert",
        family_name: "Hair",
        email: "admin@contosohelp.com",
        phone: "1234567",
        is_vip: false,
        // 10,000 in all, above the 5,000 that the routing rule asks for.
        cart: &[("sofa", 2), ("bookcase", 1), ("lamp", 2), ("planter", 1)],
    },
    Customer {
        key: "mara",
        contact: "5b0c7d3e-2f64-4a58-9c1d-8e7f6a5b4c3d",
        username: "c7a51f0e-6f0b-4f4e-8a50-1d6a0f1c2b3e",
        given_name: "Mara",
        family_name: "Lind",
        email: "mara.lind@example.com",
        phone: "+46 8 123 456 78",
        is_vip: true,
        cart: &[("lamp", 1)],
    },
];

impl Customer {
    /// The customer whom the shop's sign-in calls `key`.
    pub(super) fn find(key: &str) -> Option<&'static Self> {
        CUSTOMERS.iter().find(|customer| customer.key == key)
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    pub(super) fn profile(&self) -> Profile {
        let text = |text: &str| Some(text.to_owned());
        Profile {
            preferred_username: text(self.username),
            given_name: text(self.given_name),
            family_name: text(self.family_name),
            email: text(self.email),
            phone_number: text(self.phone),
        }
    }
}
