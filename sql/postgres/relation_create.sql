-- A relation of the product's page; `definitions` is made from its mapping file.
CREATE TABLE :"relation" (
    :definitions,
    PRIMARY KEY (:key)
);
