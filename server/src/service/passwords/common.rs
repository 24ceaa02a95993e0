//! Passwords that anybody would try first: a word of the list with a few digits or signs after it, written with digits for letters or not.
//!
//! A few words with their usual endings cover more of the published lists of common passwords than thousands of entries would.

/// What common passwords are made of, in lower case.
const WORDS: &str = "\
    password passwort motdepasse contrasena passphrase pass passw secret geheim letmein welcome willkommen changeme change \
    default admin administrator root user guest test testtest testing demo example login signin access master superman batman \
    spiderman pokemon starwars trustno iloveyou ilove loveyou lovely princess sunshine football baseball basketball soccer \
    hockey liverpool chelsea arsenal barcelona juventus michael jennifer jessica michelle charlie jordan thomas daniel matthew \
    andrew samantha victoria alexander computer internet samsung google facebook microsoft linkedin whatever freedom shadow \
    dragon monkey butterfly flower chocolate cheese pepper summer winter spring autumn monday friday january december hello \
    helloworld hellohello blink hunter killer ninja mustang corvette ferrari mercedes harley phoenix london newyork berlin \
    correcthorsebatterystaple abc abcd abcdef abcdefg abcdefgh abcabc asdf asdfgh asdfghjk asdfghjkl asdfasdf qwer qwert qwerty \
    qwertyu qwertyui qwertyuiop qwertz qwertzui azerty azertyui zxcvbn zxcvbnm yxcvbnm qazwsx qazwsxedc zaqwsx qaz zaq qweasd \
    qweasdzxc aaaa aabbcc quorum quorumquorum myquorum review design designreview";

/// Rows of keys and digits, of which no part is a password.
const ROWS: &str = "\
    01234567890123456789 09876543210987654321 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm 1qaz2wsx3edc4rfv5tgb6yhn7ujm \
    1q2w3e4r5t6y7u8i9o0p q1w2e3r4t5y6u7i8o9p0 123qweasdzxc 112233445566778899 147258369 123123123123123123 123321123321";

/// Whether a password is a common one, or the person's own name or address.
pub fn is_common(password: &str, email: &str, name: &str) -> bool {
    let plain = password.trim().to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    let own = [email, local, name].map(str::to_lowercase);
    let word = without_ending(&plain);
    let read = without_leet(word);
    let known = |word: &str| WORDS.split(' ').any(|common| common == word) || own.iter().any(|own| !own.is_empty() && own == word);
    plain.is_empty()
        || one_letter(&plain)
        || ROWS.split(' ').any(|row| row.contains(&plain))
        || known(&plain)
        || known(word)
        || known(&read)
}

/// The word before up to six digits and signs: `summer2026!` is `summer`.
fn without_ending(text: &str) -> &str {
    let word = text.trim_end_matches(|letter: char| !letter.is_alphabetic());
    if text.chars().count() - word.chars().count() <= 6 { word } else { text }
}

/// Letters for the digits and signs that stand for them.
fn without_leet(word: &str) -> String {
    let read = word.chars().map(|letter| match letter {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        letter => letter,
    });
    read.collect()
}

/// The same character all along.
fn one_letter(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    letters.all(|letter| Some(letter) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_passwords_everybody_uses_are_common() {
        let common = "password Password1 P@ssw0rd p4ssword123 12345678 123456789 1234567890 87654321 11111111 qwerty123 qwertyuiop 1q2w3e4r \
                      1qaz2wsx iloveyou letmein! welcome1 Summer2026! admin123 abcd1234 quorum123 Quorum2026 changeme asdfghjkl aaaaaaaa \
                      Passw0rd!";
        for password in common.split(' ').chain(["        "]) {
            assert!(is_common(password, "ada@example.org", "Ada Lovelace"), "{password}");
        }
    }

    #[test]
    fn ones_own_name_and_address_are_common() {
        for password in ["ada.lovelace@example.org", "Ada Lovelace", "ada lovelace1", "Ada.Lovelace42"] {
            assert!(is_common(password, "ada.lovelace@example.org", "Ada Lovelace"), "{password}");
        }
    }

    #[test]
    fn unrelated_words_are_not() {
        for password in ["tulip anchor basil", "kwzjfhbq", "passworthy opinions", "quorum of seven herons", "Tr0ub4dor&3 wins"] {
            assert!(!is_common(password, "ada@example.org", "Ada"), "{password}");
        }
    }
}
