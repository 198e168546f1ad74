//! Who is signed in at the shop, and what is in their cart. In memory: a restart signs everybody out.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::rand;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use bonafide_issuer::Person;
use serde::Serialize;

use super::super::people::Customer;
use super::catalogue;

/// A browser's account at the shop; of nobody until somebody signs in.
#[derive(Clone, Default)]
pub(super) struct Account {
    customer: Option<&'static Customer>,
    cart: BTreeMap<&'static str, u32>,
}

/// What the shop's pages show of an account.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    customer: Option<Name>,
    cart: BTreeMap<&'static str, u32>,
    cart_value: u32,
}

#[derive(Serialize)]
struct Name {
    key: &'static str,
    name: String,
}

impl Account {
    pub(super) fn summary(&self) -> Summary {
        Summary {
            customer: self.customer.map(|customer| Name {
                key: customer.key,
                name: customer.name(),
            }),
            cart: self.cart.clone(),
            cart_value: self.cart_value(),
        }
    }

    /// Sets how many of a product are in the cart.
    pub(super) fn put(&mut self, product: &'static str, quantity: u32) {
        if quantity == 0 {
            self.cart.remove(product);
        } else {
            self.cart.insert(product, quantity);
        }
    }

    /// What the shop vouches for; `None` when nobody is signed in.
    pub(super) fn person(&self) -> Option<Person> {
        let customer = self.customer?;
        let context = [
            ("msdyn_cartvalue", self.cart_value().to_string()),
            ("msdyn_isvip", customer.is_vip.to_string()),
            ("portalcontactid", customer.contact.to_owned()),
        ];
        Some(Person {
            subject: customer.contact.to_owned(),
            profile: customer.profile(),
            context: context
                .map(|(name, value)| (name.to_owned(), value.into()))
                .into(),
        })
    }

    fn cart_value(&self) -> u32 {
        let price = |id: &str| catalogue::find(id).map_or(0, |product| product.price);
        self.cart
            .iter()
            .map(|(id, quantity)| price(id) * quantity)
            .sum()
    }
}

/// All sessions, by the random value in their cookie; the oldest makes room.
#[derive(Default)]
pub(super) struct Sessions(Mutex<Store>);

#[derive(Default)]
struct Store {
    accounts: HashMap<String, Account>,
    by_age: VecDeque<String>,
}

impl Sessions {
    /// The account of the browser with these cookies.
    pub(super) fn account(&self, cookies: &CookieJar) -> Option<Account> {
        let id = cookies.get(COOKIE)?.value();
        self.store().accounts.get(id).cloned()
    }

    /// Signs `customer` in, with a new session id: an id that somebody else set before is worth nothing.
    pub(super) fn sign_in(
        &self,
        cookies: CookieJar,
        customer: &'static Customer,
    ) -> (CookieJar, Account) {
        let cookies = self.sign_out(cookies);
        self.change(cookies, |account| {
            account.customer = Some(customer);
            account.cart = customer.cart.iter().copied().collect();
        })
    }

    /// Ends the session.
    pub(super) fn sign_out(&self, cookies: CookieJar) -> CookieJar {
        if let Some(cookie) = cookies.get(COOKIE) {
            let mut store = self.store();
            store.accounts.remove(cookie.value());
            store.by_age.retain(|id| id != cookie.value());
        }
        cookies.remove(Cookie::build(COOKIE).path("/"))
    }

    /// Changes the browser's account; begins a session where there is none.
    pub(super) fn change(
        &self,
        cookies: CookieJar,
        change: impl FnOnce(&mut Account),
    ) -> (CookieJar, Account) {
        let known = cookies.get(COOKIE).map(|cookie| cookie.value().to_owned());
        let mut store = self.store();
        if let Some(account) = known.and_then(|id| store.accounts.get_mut(&id)) {
            change(account);
            let account = account.clone();
            return (cookies, account);
        }
        let mut account = Account::default();
        change(&mut account);
        let Some(id) = random_id() else {
            return (cookies, account);
        };
        if store.by_age.len() >= MOST_SESSIONS
            && let Some(oldest) = store.by_age.pop_front()
        {
            store.accounts.remove(&oldest);
        }
        store.by_age.push_back(id.clone());
        store.accounts.insert(id.clone(), account.clone());
        let cookie = Cookie::build((COOKIE, id))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax);
        (cookies.add(cookie), account)
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 128 random bits as hex. Without randomness there are no sessions.
fn random_id() -> Option<String> {
    let mut bytes = [0_u8; 16];
    rand::fill(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_be_bytes(bytes)))
}

const COOKIE: &str = "shop_session";
const MOST_SESSIONS: usize = 10_000;
